"""Writes tiny models that answer from a script: python3 scripted_model.py. Needs torch and onnx.

The encoder counts frames through its caches, the decoder counts its own runs through its states, and the joiner emits the
script's n-th token at the first frame that is late enough, n being how often the decoder has run. A cache, state or last
token that went astray makes the joiner emit "wrong". So the text proves that everything was carried over every border.

scripted-model        as sherpa-onnx exports: int64 lengths, int32 tokens, any number of frames per joiner call, prompts
scripted-model-half   the same in float16, weights, inputs and outputs, with one window
scripted-model-fixed  int32 lengths, int64 tokens, one frame per joiner call, no prompts, one window, left context 70

The models below follow other programs' contracts. Their encoders have two layers, so that the order of a cache's axes shows,
and find features astray that are not equal over the bands of a frame, as they are for silence in the right layout.

parakeet-rs           for parakeet-rs: decoder and joiner in one, layers first; also with int8 weights, as *.int8.onnx
parakeet-rs-half      the same without prompts and config.json, left context 70, float16 in and out
genai                 for onnxruntime-genai: time first, int64 tokens, lang_id; left context 70, which is not as trained;
                      also with int8 weights, as *.int8.onnx
genai-half            the same without lang_id, float16 in and out, its encoder's inputs in another order
"""

import json
import os
import struct

import numpy
import onnx
import onnx.numpy_helper
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
PIECES = ["<unk>", "<en-US>", "<de-DE>", "▁one", "▁two", "▁thr", "ee", "▁wrong", "▁a", "b", "<nan>"]
BLANK = len(PIECES)
ID = {piece: i for i, piece in enumerate(PIECES)}
# From this frame on: this token. "<en-US>" stands for the tag of whatever language the prompt names.
SCRIPT = [(0, "▁one"), (3, "▁thr"), (4, "ee"), (5, "<unk>"), (6, "<en-US>")]
# Thirteen tokens for one frame: three of them have to wait for the next.
SCRIPT += [(8, "▁a")] + [(8, "b")] * 12
SCRIPT += [(14, "▁two"), (40, "<nan>"), (10**6, "▁wrong")]
FRAMES = torch.tensor([float(frame) for frame, _ in SCRIPT])
TOKENS = torch.tensor([float(ID[piece]) for _, piece in SCRIPT])
LAST_TOKENS = torch.tensor([float(BLANK)] + [float(ID[piece]) for _, piece in SCRIPT[:-1]])


class Encoder(torch.nn.Module):
    def forward(self, audio_signal, length, channel, time, cache_length, prompt=None):
        new = audio_signal[:, 0:1, 9::8] * 0
        count = new.shape[2]
        seen = cache_length.float().reshape(1, 1, 1)
        frame = torch.cumsum(new + 1, 2) - 1 + seen
        calls = torch.floor(seen / count)
        language = new if prompt is None else new + prompt.float().reshape(1, 1, 1)
        stray = (channel[:, :, 0, 0:1] - 10 * calls).abs() + (time[:, :, 0, 0:1] - calls).abs()
        valid = length
        for _ in range(3):
            valid = torch.div(valid, 2, rounding_mode="floor") + 1
        outputs = torch.cat([frame, language, new + stray], 1)
        return outputs, valid - 2, channel + 10, time + 1, cache_length + count


class Decoder(torch.nn.Module):
    def forward(self, targets, target_length, runs, last):
        runs = runs + 1
        last = last * 0 + targets.float().reshape(1, 1, 1)
        return torch.cat([runs, last], 1), target_length + 0, runs, last


class Joiner(torch.nn.Module):
    def forward(self, encoder_outputs, decoder_outputs):
        frame, language, stray = encoder_outputs[:, 0], encoder_outputs[:, 1], encoder_outputs[:, 2]
        emitted = (decoder_outputs[:, 0, 0] - 1).long()
        token = torch.where(frame >= FRAMES[emitted], TOKENS[emitted], torch.full_like(frame, BLANK))
        token = torch.where(token == ID["<en-US>"], token + language, token)
        expected_last = LAST_TOKENS[emitted]
        expected_last = torch.where(expected_last == ID["<en-US>"], expected_last + language, expected_last)
        is_wrong = (stray != 0) | (decoder_outputs[:, 1, 0] != expected_last)
        token = torch.where(is_wrong, torch.full_like(frame, ID["▁wrong"]), token)
        logits = -((torch.arange(BLANK + 1).float() - token[:, :, None]) ** 2)
        logits = torch.where((token == ID["<nan>"])[:, :, None], logits / 0 * 0, logits)
        return logits[:, :, None]


def export(folder, lengths, tokens, open_frames, prompts, left, metadata, half=False):
    path = os.path.join(HERE, folder)
    os.makedirs(path, exist_ok=True)
    window = 41
    inputs = [torch.zeros(1, 8, window), torch.tensor([window], dtype=lengths), torch.zeros(1, 1, left, 3),
              torch.zeros(1, 1, 3, 2), torch.tensor([0], dtype=lengths)]
    names = ["audio_signal", "length", "cache_last_channel", "cache_last_time", "cache_last_channel_len"]
    if prompts:
        inputs.append(torch.tensor([0], dtype=lengths))
        names.append("prompt_index")
    outputs = ["outputs", "encoded_lengths", "cache_last_channel_next", "cache_last_time_next", "cache_last_channel_next_len"]
    save_as(half, Encoder(), inputs, f"{path}/encoder.onnx", names, outputs, {"audio_signal": {2: "T"}, "outputs": {2: "T2"}})
    # State names as an exporter makes them up: they have to be bound by position.
    save_as(half, Decoder(), [torch.zeros(1, 1, dtype=tokens), torch.ones(1, dtype=tokens), torch.zeros(1, 1, 1), torch.zeros(1, 1, 1)],
         f"{path}/decoder.onnx", ["targets", "target_length", "states.1", "onnx::LSTM_3"],
         ["outputs", "prednet_lengths", "states", "states.5"], {})
    frames = {"encoder_outputs": {2: "T"}, "outputs": {1: "T"}} if open_frames else {}
    save_as(half, Joiner(), [torch.zeros(1, 3, 1), torch.tensor([[[1.0], [float(BLANK)]]])], f"{path}/joiner.onnx",
         ["encoder_outputs", "decoder_outputs"], ["outputs"], frames)
    with open(f"{path}/tokens.txt", "w") as file:
        file.writelines(f"{piece} {i}\n" for i, piece in enumerate([*PIECES, "<blk>"]))
    common = dict(vocab_size=BLANK, window_size=window, chunk_shift=32, normalize_type="NA", cache_last_channel_dim1=1,
                  cache_last_channel_dim2=left, cache_last_channel_dim3=3, cache_last_time_dim1=1, cache_last_time_dim2=3,
                  cache_last_time_dim3=2, pred_rnn_layers=1, pred_hidden=1, subsampling_factor=8, feat_dim=8)
    add_metadata(f"{path}/encoder.onnx", {**common, **metadata})


def save(module, inputs, path, input_names, output_names, dynamic_axes):
    torch.onnx.export(module.eval(), tuple(inputs), path, input_names=input_names, output_names=output_names,
                      dynamic_axes=dynamic_axes, opset_version=13)


class TwoLayerEncoder(torch.nn.Module):
    """The encoder over two layers' caches, 1 x layers x ..., with the true index of German in its prompts."""

    def forward(self, signal, length, channel, time, cache_length, prompt=None):
        prompt = None if prompt is None else (prompt == 9).long()
        first, second = (Encoder()(signal, length, channel[:, layer : layer + 1], time[:, layer : layer + 1], cache_length, prompt)
                         for layer in (0, 1))
        bands = (signal.amax(1) - signal.amin(1)).sum().reshape(1, 1, 1)
        outputs = torch.cat([first[0][:, :2], first[0][:, 2:] + second[0][:, 2:] + bands], 1)
        return outputs, first[1], channel + 10, time + 1, first[4]


class LayersFirstEncoder(torch.nn.Module):
    def forward(self, signal, length, channel, time, cache_length, prompt=None):
        outputs = TwoLayerEncoder()(signal, length, channel.transpose(0, 1), time.transpose(0, 1), cache_length, prompt)
        return outputs[0], outputs[1], channel + 10, time + 1, outputs[4]


class FusedHead(torch.nn.Module):
    def forward(self, encoder_outputs, targets, target_length, runs, last):
        prediction, length, runs, last = Decoder()(targets, target_length, runs, last)
        return Joiner()(encoder_outputs, prediction), length, runs, last


class TimeFirstEncoder(torch.nn.Module):
    def forward(self, signal, length, channel, time, cache_length, prompt=None):
        outputs = TwoLayerEncoder()(signal.transpose(1, 2), length, channel, time, cache_length, prompt)
        return (outputs[0].transpose(1, 2), *outputs[1:])


class ReorderedEncoder(torch.nn.Module):
    def forward(self, length, signal, cache_length, channel, time):
        return TimeFirstEncoder()(signal, length, channel, time, cache_length)


class ShortDecoder(torch.nn.Module):
    def forward(self, targets, runs, last):
        prediction, _, runs, last = Decoder()(targets, targets, runs, last)
        return prediction, runs, last


class TimeFirstJoiner(torch.nn.Module):
    def forward(self, encoder_output, decoder_output):
        return Joiner()(encoder_output.transpose(1, 2), decoder_output.transpose(1, 2))


class Half(torch.nn.Module):
    """A module with float16 in place of float32 in its inputs and outputs."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, *inputs):
        outputs = self.module(*(value.float() if value.dtype == torch.float16 else value for value in inputs))
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        return tuple(value.half() if value.dtype == torch.float32 else value for value in outputs)


def save_as(half, module, inputs, path, input_names, output_names, dynamic_axes):
    if half:
        module = Half(module)
        inputs = [value.half() if value.dtype == torch.float32 else value for value in inputs]
    save(module, inputs, path, input_names, output_names, dynamic_axes)


CACHES = ["cache_last_channel", "cache_last_time", "cache_last_channel_len"]
NEXT_CACHES = ["cache_last_channel_next", "cache_last_time_next", "cache_last_channel_len_next"]


def export_parakeet(folder, left, prompts, half):
    path = os.path.join(HERE, folder)
    os.makedirs(path, exist_ok=True)
    inputs = [torch.zeros(1, 8, 41), torch.tensor([41]), torch.zeros(2, 1, left, 3), torch.zeros(2, 1, 3, 2), torch.tensor([0])]
    names = ["processed_signal", "processed_signal_length", *CACHES]
    if prompts:
        inputs.append(torch.tensor([0]))
        names.append("prompt_index")
    save_as(half, LayersFirstEncoder(), inputs, f"{path}/encoder.onnx", names, ["encoded", "encoded_len", *NEXT_CACHES],
            {"processed_signal": {2: "T"}, "encoded": {2: "T2"}})
    state = torch.zeros(1, 1, 1)
    save_as(half, FusedHead(), [torch.zeros(1, 3, 1), torch.zeros(1, 1, dtype=torch.int32), torch.ones(1, dtype=torch.int32), state, state],
            f"{path}/decoder_joint.onnx", ["encoder_outputs", "targets", "target_length", "input_states_1", "input_states_2"],
            ["outputs", "prednet_lengths", "output_states_1", "output_states_2"],
            {} if half else {"encoder_outputs": {2: "T"}, "outputs": {1: "T"}})
    add_metadata(f"{path}/encoder.onnx", dict(chunk_size_output_frames=4, pre_encode_cache=9))
    with open(f"{path}/tokenizer.model", "wb") as file:
        file.writelines(sentence_piece(piece, 2 if i == 0 else 1) for i, piece in enumerate(PIECES))
    if prompts:
        config = dict(model_name="answers from a script", chunk_size_output_frames=4, preprocessor=dict(normalize="per_feature"),
                      prompt_dictionary={"en-US": 0, "de-DE": 9, "auto": 101})
        with open(f"{path}/config.json", "w") as file:
            json.dump(config, file, indent=2)
            file.write("\n")


def sentence_piece(piece, kind):
    """An entry of a SentencePiece model: piece, score, type."""
    text = piece.encode()
    message = b"\x0a" + bytes([len(text)]) + text + b"\x15" + struct.pack("<f", -1.0) + b"\x18" + bytes([kind])
    return b"\x0a" + bytes([len(message)]) + message


def export_genai(folder, prompts, half):
    path = os.path.join(HERE, folder)
    os.makedirs(path, exist_ok=True)
    inputs = [torch.zeros(1, 41, 8), torch.tensor([41]), torch.zeros(1, 2, 70, 3), torch.zeros(1, 2, 3, 2), torch.tensor([0])]
    names = ["audio_signal", "length", *CACHES]
    outputs = ["outputs", "encoded_lengths", *NEXT_CACHES]
    if prompts:
        save_as(half, TimeFirstEncoder(), [*inputs, torch.tensor([0])], f"{path}/encoder.onnx", [*names, "lang_id"], outputs, {})
    else:
        order = [1, 0, 4, 2, 3]
        save_as(half, ReorderedEncoder(), [inputs[i] for i in order], f"{path}/encoder.onnx", [names[i] for i in order], outputs, {})
    state = torch.zeros(1, 1, 1)
    save_as(half, ShortDecoder(), [torch.zeros(1, 1, dtype=torch.int64), state, state], f"{path}/decoder.onnx",
            ["targets", "h_in", "c_in"], ["decoder_output", "h_out", "c_out"], {})
    save_as(half, TimeFirstJoiner(), [torch.zeros(1, 1, 3), torch.tensor([[[1.0, float(BLANK)]]])], f"{path}/joint.onnx",
            ["encoder_output", "decoder_output"], ["joint_output"], {})
    with open(f"{path}/vocab.txt", "w") as file:
        file.writelines(f"{piece}\n" for piece in [*PIECES, "<blank>"])


def add_metadata(path, entries):
    model = onnx.load(path)
    for key, value in entries.items():
        model.metadata_props.add(key=key, value=str(value))
    onnx.save(model, path)


def quantize(source, target):
    """Keeps every table of small whole numbers as int8 behind a DequantizeLinear, as quantized exports keep weights."""
    model = onnx.load(source)
    tables = [node for node in model.graph.node if node.op_type == "Constant" and is_small_table(node)]
    for node in tables:
        values = onnx.numpy_helper.to_array(node.attribute[0].t)
        name = node.output[0]
        index = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        model.graph.initializer.extend([onnx.numpy_helper.from_array(values.astype(numpy.int8), f"{name}_int8"),
                                        onnx.numpy_helper.from_array(numpy.float32(1), f"{name}_scale")])
        model.graph.node.insert(index, onnx.helper.make_node("DequantizeLinear", [f"{name}_int8", f"{name}_scale"], [name]))
    onnx.save(model, target)
    return len(tables)


def is_small_table(node):
    values = onnx.numpy_helper.to_array(node.attribute[0].t)
    return values.dtype == numpy.float32 and values.size > 1 and bool((numpy.abs(values) < 128).all() and (values % 1 == 0).all())


if __name__ == "__main__":
    prompts = json.dumps({"en-US": 0, "de-DE": 1, "auto": 0})
    export("scripted-model", torch.int64, torch.int32, True, True, 56,
           dict(prompt_dictionary=prompts, auto_prompt_id=0, dynamic_window=1, comment="answers from a script"))
    export("scripted-model-half", torch.int64, torch.int32, True, True, 56, dict(prompt_dictionary=prompts, auto_prompt_id=0), half=True)
    export("scripted-model-fixed", torch.int32, torch.int64, False, False, 70, {})
    export_parakeet("parakeet-rs", 56, True, False)
    count = [quantize(f"{HERE}/parakeet-rs/{name}.onnx", f"{HERE}/parakeet-rs/{name}.int8.onnx")
             for name in ("encoder", "decoder_joint")]
    assert count[1] >= 2, "the joiner's tables of tokens are not quantized"
    export_parakeet("parakeet-rs-half", 70, False, True)
    export_genai("genai", True, False)
    count = [quantize(f"{HERE}/genai/{name}.onnx", f"{HERE}/genai/{name}.int8.onnx") for name in ("encoder", "decoder", "joint")]
    assert count[2] >= 2, "the joiner's tables of tokens are not quantized"
    export_genai("genai-half", False, True)
