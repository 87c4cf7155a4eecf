"""Writes two tiny models that answer from a script: python3 scripted_model.py. Needs torch and onnx.

The encoder counts frames through its caches, the decoder counts its own runs through its states, and the joiner emits the
script's n-th token at the first frame that is late enough, n being how often the decoder has run. A cache, state or last
token that went astray makes the joiner emit "wrong". So the text proves that everything was carried over every border.

scripted-model        as sherpa-onnx exports: int64 lengths, int32 tokens, any number of frames per joiner call, prompts
scripted-model-fixed  int32 lengths, int64 tokens, one frame per joiner call, no prompts, one window, left context 70
"""

import json
import os

import onnx
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


def export(folder, lengths, tokens, open_frames, prompts, left, metadata):
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
    save(Encoder(), inputs, f"{path}/encoder.onnx", names, outputs, {"audio_signal": {2: "T"}, "outputs": {2: "T2"}})
    # State names as an exporter makes them up: they have to be bound by position.
    save(Decoder(), [torch.zeros(1, 1, dtype=tokens), torch.ones(1, dtype=tokens), torch.zeros(1, 1, 1), torch.zeros(1, 1, 1)],
         f"{path}/decoder.onnx", ["targets", "target_length", "states.1", "onnx::LSTM_3"],
         ["outputs", "prednet_lengths", "states", "states.5"], {})
    frames = {"encoder_outputs": {2: "T"}, "outputs": {1: "T"}} if open_frames else {}
    save(Joiner(), [torch.zeros(1, 3, 1), torch.tensor([[[1.0], [float(BLANK)]]])], f"{path}/joiner.onnx",
         ["encoder_outputs", "decoder_outputs"], ["outputs"], frames)
    with open(f"{path}/tokens.txt", "w") as file:
        file.writelines(f"{piece} {i}\n" for i, piece in enumerate([*PIECES, "<blk>"]))
    model = onnx.load(f"{path}/encoder.onnx")
    common = dict(vocab_size=BLANK, window_size=window, chunk_shift=32, normalize_type="NA", cache_last_channel_dim1=1,
                  cache_last_channel_dim2=left, cache_last_channel_dim3=3, cache_last_time_dim1=1, cache_last_time_dim2=3,
                  cache_last_time_dim3=2, pred_rnn_layers=1, pred_hidden=1, subsampling_factor=8, feat_dim=8)
    for key, value in {**common, **metadata}.items():
        model.metadata_props.add(key=key, value=str(value))
    onnx.save(model, f"{path}/encoder.onnx")


def save(module, inputs, path, input_names, output_names, dynamic_axes):
    torch.onnx.export(module.eval(), tuple(inputs), path, input_names=input_names, output_names=output_names,
                      dynamic_axes=dynamic_axes, opset_version=13)


if __name__ == "__main__":
    prompts = json.dumps({"en-US": 0, "de-DE": 1, "auto": 0})
    export("scripted-model", torch.int64, torch.int32, True, True, 56,
           dict(prompt_dictionary=prompts, auto_prompt_id=0, dynamic_window=1, comment="answers from a script"))
    export("scripted-model-fixed", torch.int32, torch.int64, False, False, 70, {})
