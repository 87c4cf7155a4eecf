import { invariant } from '../errors.ts';
import type { Backend } from './backend.ts';
import { commandBackend } from './command.ts';
import { falBackend } from './fal.ts';
import { onnxBackend } from './onnx.ts';
import { openaiBackend } from './openai.ts';
import { sherpaOnnxBackend } from './sherpa-onnx.ts';

/** Every way to recognize speech, by kind. */
export const backends: Readonly<Record<string, Backend>> = {
  onnx: onnxBackend,
  fal: falBackend,
  openai: openaiBackend,
  'sherpa-onnx': sherpaOnnxBackend,
  command: commandBackend,
};

/** The backend of a validated kind. */
export function backendOfKind(kind: string): Backend {
  const backend = backends[kind];
  invariant(backend, `no backend of kind ${kind}`);
  return backend;
}
