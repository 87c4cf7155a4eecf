"""Export a checkpoint in the layout that sherpa-onnx reads.

    export.py WORK_FOLDER MODEL_FOLDER

Writes encoder.onnx, decoder.onnx, joiner.onnx and tokens.txt from the averaged
weights, after checking that streaming in windows equals encoding whole
utterances, and that a batch equals its members one by one.
"""

import argparse
import json
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F

from encoder import CONV_KERNEL, LEFT_CONTEXT, PRE_CACHE_MELS
from frontend import MELS
from prompts import AUTO_PROMPT, PROMPT_INDEX
from streaming import Joint, PredictionStep, StreamingEncoder
from tokenizer import Tokenizer
from transducer import Transducer

OPSET = 13
# The window that the metadata states; the graph itself takes any.
STATED_LOOK_AHEAD = 6
TOLERANCE = 2e-4

ENCODER_INPUTS = {
    "audio_signal": {0: "B", 2: "T"},
    "length": {0: "B"},
    "cache_last_channel": {0: "B"},
    "cache_last_time": {0: "B"},
    "cache_last_channel_len": {0: "B"},
    "prompt_index": {0: "B"},
}
ENCODER_OUTPUTS = {
    "outputs": {0: "B", 2: "T2"},
    "encoded_lengths": {0: "B"},
    "cache_last_channel_next": {0: "B"},
    "cache_last_time_next": {0: "B"},
    "cache_last_channel_next_len": {0: "B"},
}
# sherpa-onnx binds these by position; the names are those NeMo's export gives.
DECODER_INPUTS = {
    "targets": {0: "B", 1: "U"},
    "target_length": {0: "B"},
    "states.1": {1: "B"},
    "onnx::LSTM_3": {1: "B"},
}
DECODER_OUTPUTS = {
    "outputs": {0: "B", 2: "U"},
    "prednet_lengths": {0: "B"},
    "states": {1: "B"},
    "states.2": {1: "B"},
}
JOINER_INPUTS = {"encoder_outputs": {0: "B", 2: "T"}, "decoder_outputs": {0: "B", 2: "U"}}
JOINER_OUTPUTS = {"outputs": {0: "B", 1: "T", 2: "U"}}


def empty_caches(encoder, batch):
    layers, width = len(encoder.layers), encoder.width
    return (
        torch.zeros(batch, layers, LEFT_CONTEXT, width),
        torch.zeros(batch, layers, width, CONV_KERNEL - 1),
        torch.zeros(batch, dtype=torch.long),
    )


@torch.no_grad()
def encode_streaming(streaming, mels, lengths, look_ahead, prompt):
    """Feed features window by window behind nine zero frames, as an engine does."""
    shift = 8 * (look_ahead + 1)
    padded = F.pad(mels, (PRE_CACHE_MELS, -mels.shape[2] % shift))
    caches, outputs = empty_caches(streaming.encoder, len(mels)), []
    for start in range(0, padded.shape[2] - PRE_CACHE_MELS, shift):
        window = padded[:, :, start : start + PRE_CACHE_MELS + shift]
        valid = PRE_CACHE_MELS + (lengths - start).clamp(0, shift)
        output, _, *caches = streaming(window, valid, *caches, prompt)
        outputs.append(output)
    return torch.cat(outputs, dim=2).transpose(1, 2)


@torch.no_grad()
def check_streaming(encoder, streaming):
    """Whole, windowed and batched encoding must agree for each look-ahead."""
    generator = torch.Generator().manual_seed(1)
    # Multiples of 8: only a last, partial frame may depend on how its missing part is padded.
    lengths, prompt = torch.tensor([336, 200]), torch.tensor([0, 9])
    mels = torch.randn(2, MELS, 336, generator=generator) * 4 - 8
    mels[1, :, 200:] = 0.0
    for look_ahead in (0, 3, 6, 13):
        whole, frames = encoder(mels, lengths, look_ahead, prompt, pre_cache=True)
        batched = encode_streaming(streaming, mels, lengths, look_ahead, prompt)
        worst = 0.0
        for b, count in enumerate(frames.tolist()):
            alone_mels = mels[b : b + 1, :, : int(lengths[b])]
            alone = encode_streaming(
                streaming, alone_mels, lengths[b : b + 1], look_ahead, prompt[b : b + 1]
            )
            worst = max(worst, float((batched[b, :count] - whole[b, :count]).abs().max()))
            worst = max(worst, float((batched[b, :count] - alone[0, :count]).abs().max()))
        print(f"R={look_ahead}: whole, windowed and batched encoding differ by {worst:.1e} at most")
        assert worst < TOLERANCE, "streaming does not match"


def export_graph(module, example, path, inputs, outputs):
    torch.onnx.export(
        module.eval(),
        example,
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**inputs, **outputs},
        opset_version=OPSET,
        do_constant_folding=True,
    )


def metadata(transducer, vocabulary):
    encoder = transducer.encoder
    shift = 8 * (STATED_LOOK_AHEAD + 1)
    return {
        "vocab_size": vocabulary,
        # The graph takes any window of 9 + 8(R + 1) mels; window_size is only what an engine without this key uses.
        "dynamic_window": 1,
        "window_size": PRE_CACHE_MELS + shift,
        "chunk_shift": shift,
        "chunk_size_ms": 10 * shift,
        "normalize_type": "NA",
        "cache_last_channel_dim1": len(encoder.layers),
        "cache_last_channel_dim2": LEFT_CONTEXT,
        "cache_last_channel_dim3": encoder.width,
        "cache_last_time_dim1": len(encoder.layers),
        "cache_last_time_dim2": encoder.width,
        "cache_last_time_dim3": CONV_KERNEL - 1,
        "pred_rnn_layers": 1,
        "pred_hidden": transducer.predictor_width,
        "subsampling_factor": 8,
        "feat_dim": MELS,
        "model_type": "EncDecRNNTBPEModelWithPrompt",
        "version": "2",
        "model_author": "Earshot",
        "comment": "Small model trained on synthetic speech; for testing a harness.",
        "prompt_dictionary": json.dumps({**PROMPT_INDEX, "auto": AUTO_PROMPT}, sort_keys=True),
        "auto_prompt_id": AUTO_PROMPT,
        # sherpa-onnx fixes the window above; an engine that asks here may choose another.
        "dynamic_window": "1",
    }


def add_metadata(path, entries):
    model = onnx.load(path)
    for key, value in entries.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def write_tokens(tokenizer, path):
    lines = [f"{tokenizer.piece(token)} {token}\n" for token in range(tokenizer.size)]
    path.write_text("".join(lines) + f"<blk> {tokenizer.size}\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer(arguments.work / "bpe.model")
    state = torch.load(arguments.work / "checkpoint.pt")
    transducer = Transducer(tokenizer.size)
    transducer.load_state_dict(state["average"])
    transducer.eval()
    print(f"checkpoint of step {state['step']}, {state['elapsed'] / 60:.1f} minutes")
    streaming = StreamingEncoder(transducer.encoder)
    check_streaming(transducer.encoder, streaming)

    out = arguments.model
    out.mkdir(parents=True, exist_ok=True)
    window = PRE_CACHE_MELS + 8 * (STATED_LOOK_AHEAD + 1)
    prompt = torch.tensor([0])
    example = (torch.randn(1, MELS, window), torch.tensor([window]), *empty_caches(transducer.encoder, 1), prompt)
    export_graph(streaming, example, out / "encoder.onnx", ENCODER_INPUTS, ENCODER_OUTPUTS)
    state_example = torch.zeros(1, 1, transducer.predictor_width)
    start = torch.tensor([[transducer.blank]], dtype=torch.int32)
    one = torch.tensor([1], dtype=torch.int32)
    example = (start, one, state_example, state_example.clone())
    export_graph(PredictionStep(transducer), example, out / "decoder.onnx", DECODER_INPUTS, DECODER_OUTPUTS)
    example = (torch.randn(1, transducer.encoder.width, 1), torch.randn(1, transducer.predictor_width, 1))
    export_graph(Joint(transducer), example, out / "joiner.onnx", JOINER_INPUTS, JOINER_OUTPUTS)
    add_metadata(out / "encoder.onnx", metadata(transducer, tokenizer.size))
    write_tokens(tokenizer, out / "tokens.txt")


if __name__ == "__main__":
    main()
