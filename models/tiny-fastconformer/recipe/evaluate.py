"""Measure an exported model on the embedded corpus, as a streaming engine would decode it.

    evaluate.py MODEL_FOLDER [--precision fp32|int8] [--look-aheads 13 6 3 0]
                [--batch-size 1] [--auto] [--errors]

Features are computed here, windows are decoded by `decode.mjs` with
onnxruntime-node from the repository's node_modules. Prints one Markdown row per
look-ahead: error rate in percent per language, clean and noisy.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch

from frontend import HOP, log_mel
from prompts import AUTO_PROMPT, PROMPT_INDEX
from quantize import TRIO
from scoring import ErrorRate
from shared_domain import CORPUS, LANGUAGES, corpus_rows

HERE = Path(__file__).resolve().parent


def read_flac(path):
    command = ["flac", "--decode", "--stdout", "--silent", "--force-raw-format", "--endian=little", "--sign=signed"]
    raw = subprocess.run([*command, str(path)], check=True, capture_output=True).stdout
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / 32768


def write_features(rows, path):
    """Features of all utterances, one after the other; returns where each lies."""
    places, offset = [], 0
    with open(path, "wb") as file:
        for row in rows:
            samples = read_flac(CORPUS / row["audio_filepath"])
            frames = len(samples) // HOP
            mels = log_mel(torch.from_numpy(samples)[None])[0, :, :frames].contiguous().numpy()
            file.write(mels.tobytes())
            places.append({"offset": offset, "frames": frames})
            offset += mels.size
    return places


def read_metadata(path):
    return {entry.key: entry.value for entry in onnx.load(path).metadata_props}


def dimensions(meta):
    return {
        "layers": int(meta["cache_last_channel_dim1"]),
        "left": int(meta["cache_last_channel_dim2"]),
        "width": int(meta["cache_last_channel_dim3"]),
        "convolution": int(meta["cache_last_time_dim3"]),
        "predictor": int(meta["pred_hidden"]),
        "blank": int(meta["vocab_size"]),
    }


def read_tokens(path):
    """Pieces by id; tags and blank become empty."""
    pieces = []
    for line in path.read_text(encoding="utf-8").splitlines():
        piece = line.rsplit(" ", 1)[0]
        pieces.append("" if piece.startswith("<") and piece.endswith(">") else piece)
    return pieces


def decode(graphs, features, utterances, look_ahead, batch_size, meta, folder):
    job = {
        "graphs": [str(graph) for graph in graphs],
        "features": str(features),
        "utterances": utterances,
        "lookAhead": look_ahead,
        "batchSize": batch_size,
        "dimensions": dimensions(meta),
    }
    (folder / "job.json").write_text(json.dumps(job))
    command = ["node", str(HERE / "decode.mjs"), str(folder / "job.json")]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def table_row(name, rates):
    cells = [f"{rates[group, language].percent:.1f}" for group in ("clean", "noisy") for language in ["all", *LANGUAGES]]
    everything, unheard = rates["both", "all"].percent, rates["held-out voice", "all"].percent
    return f"| {name} | {everything:.1f} | {' | '.join(cells)} | {unheard:.1f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--precision", choices=["fp32", "int8"], default="fp32")
    parser.add_argument("--look-aheads", type=int, nargs="+", default=[13, 6, 3, 0])
    parser.add_argument("--batch-size", type=int, default=1)
    parser.add_argument("--auto", action="store_true", help="do not tell the model the language")
    parser.add_argument("--errors", action="store_true", help="print each wrong utterance")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    suffix = ".int8.onnx" if arguments.precision == "int8" else ".onnx"
    graphs = [(arguments.model / f"{name}{suffix}").resolve() for name in TRIO]
    meta, pieces = read_metadata(graphs[0]), read_tokens(arguments.model / "tokens.txt")
    rows = corpus_rows()
    languages = " | ".join(name[:2] for name in LANGUAGES)
    print(f"| R | all | clean: all | {languages} | noisy: all | {languages} | held-out voice |")
    print("|" + "--:|" * (5 + 2 * len(LANGUAGES)))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        places = write_features(rows, scratch / "features.f32")
        for place, row in zip(places, rows):
            place["prompt"] = AUTO_PROMPT if arguments.auto else PROMPT_INDEX[row["lang"]]
        for look_ahead in arguments.look_aheads:
            heard = decode(
                graphs, scratch / "features.f32", places, look_ahead, arguments.batch_size, meta, scratch
            )
            rates = {
                (group, language): ErrorRate()
                for group in ("both", "clean", "noisy", "held-out voice")
                for language in ["all", *LANGUAGES]
            }
            for row, tokens in zip(rows, heard):
                text = "".join(pieces[token] for token in tokens).replace("▁", " ").strip()
                groups = ["both", "clean" if row["noise"] == "clean" else "noisy"]
                groups += ["held-out voice"] if row["voice_held_out"] else []
                before = rates["both", "all"].errors
                for group in groups:
                    for language in ("all", row["lang"]):
                        rates[group, language].add(row["text"], text, row["lang"])
                if arguments.errors and rates["both", "all"].errors > before:
                    print(row["id"], row["speaker"], row["noise"], row["snr_db"], "|", row["text"], "|", text)
            print(table_row(look_ahead, rates), flush=True)


if __name__ == "__main__":
    main()
