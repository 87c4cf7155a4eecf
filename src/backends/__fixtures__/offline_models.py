"""Writes tiny models for whole clips, in the layouts that sherpa-onnx takes NeMo's in: python3 offline_models.py. Needs torch and onnx.

They count frames, one for eight feature frames, and say the piece that a table has for each, whatever they hear.

nemo-ctc         one graph with log-probabilities
nemo-transducer  encoder, decoder and joiner; the decoder counts its own runs, so that a token emitted twice would show
"""

import os

import onnx
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
PIECES = ["<unk>", "▁one", "▁two", "▁thr", "ee"]
BLANK = len(PIECES)
# Frame and piece; all others are blank.
SCRIPT = {2: "▁one", 5: "▁thr", 6: "ee", 9: "▁two"}
TABLE = torch.full((4096,), float(BLANK))
for at, piece in SCRIPT.items():
    TABLE[at] = float(PIECES.index(piece))


def scores(tokens):
    """Log-probabilities that a far distance from the wanted token makes small."""
    return torch.log_softmax(-10 * (torch.arange(BLANK + 1).float() - tokens[..., None]) ** 2, -1)


def frames_of(signal):
    first = signal[:, 0, ::8] * 0
    return torch.cumsum(first + 1, 1) - 1


class Ctc(torch.nn.Module):
    def forward(self, audio_signal, length):
        # The length counts for nothing, but a graph without that input would not be the layout.
        return scores(TABLE[frames_of(audio_signal).long()] + 0 * length[:, None])


class Encoder(torch.nn.Module):
    def forward(self, audio_signal, length):
        frames = frames_of(audio_signal)
        return torch.stack([frames, TABLE[frames.long()]], 1), torch.div(length + 7, 8, rounding_mode="floor")


class Decoder(torch.nn.Module):
    def forward(self, targets, target_length, runs, last):
        runs = runs + 1
        return torch.cat([runs, last * 0 + targets.float().reshape(1, 1, 1)], 1), target_length + 0, runs, last + 0


class Joiner(torch.nn.Module):
    def forward(self, encoder_outputs, decoder_outputs):
        token, last = encoder_outputs[:, 1], decoder_outputs[:, 1]
        # A frame has said its piece when that was the last token.
        return scores(torch.where(token == last, torch.full_like(token, BLANK), token))[:, :, None]


def save(module, inputs, path, names, outputs, axes, metadata=None):
    torch.onnx.export(module.eval(), tuple(inputs), path, input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=13)
    model = onnx.load(path)
    for key, value in (metadata or {}).items():
        model.metadata_props.add(key=key, value=str(value))
    onnx.save(model, path)


def write_tokens(path):
    with open(os.path.join(path, "tokens.txt"), "w") as file:
        file.writelines(f"{piece} {i}\n" for i, piece in enumerate([*PIECES, "<blk>"]))


if __name__ == "__main__":
    signal, length = torch.zeros(1, 80, 160), torch.tensor([160])
    common = dict(vocab_size=BLANK, subsampling_factor=8, normalize_type="per_feature")
    names, axes = ["audio_signal", "length"], {"audio_signal": {0: "B", 2: "T"}, "length": {0: "B"}}
    path = os.path.join(HERE, "nemo-ctc")
    os.makedirs(path, exist_ok=True)
    save(Ctc(), [signal, length], f"{path}/model.onnx", names, ["logprobs"], {**axes, "logprobs": {0: "B", 1: "F"}},
         {**common, "vocab_size": BLANK + 1})
    write_tokens(path)
    path = os.path.join(HERE, "nemo-transducer")
    os.makedirs(path, exist_ok=True)
    save(Encoder(), [signal, length], f"{path}/encoder.onnx", names, ["outputs", "encoded_lengths"],
         {**axes, "outputs": {0: "B", 2: "F"}, "encoded_lengths": {0: "B"}}, {**common, "pred_rnn_layers": 1, "pred_hidden": 1, "feat_dim": 80})
    state = torch.zeros(1, 1, 1)
    save(Decoder(), [torch.zeros(1, 1, dtype=torch.int32), torch.ones(1, dtype=torch.int32), state, state], f"{path}/decoder.onnx",
         ["targets", "target_length", "states.1", "onnx::LSTM_3"], ["outputs", "prednet_lengths", "states", "states.5"], {})
    save(Joiner(), [torch.zeros(1, 2, 1), torch.zeros(1, 2, 1)], f"{path}/joiner.onnx", ["encoder_outputs", "decoder_outputs"], ["outputs"], {})
    write_tokens(path)
