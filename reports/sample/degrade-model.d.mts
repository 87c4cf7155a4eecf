/**
 * @param from folder of a model in sherpa-onnx's layout.
 * @param to folder for the copy.
 * @param noise 0 … 1.
 */
export function degradeModel(from: string, to: string, noise: number): void;
