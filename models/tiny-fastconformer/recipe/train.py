"""Train the transducer from scratch on one core.

    OMP_NUM_THREADS=1 train.py WORK_FOLDER [--seed 1]

Reads what `make_clips.py` wrote, trains a tokenizer on first use, and writes
`checkpoint.pt` every 500 steps; started again, it goes on from there. All that
happens is a function of the seed and the step, so a busy machine changes how
long it takes and nothing else.

Phase one follows one known alignment: cross-entropy along the path that word
times give, plus a classifier of what is being spoken in each frame. A full
transducer loss from nothing would sit on its plateau for longer than the whole
budget. The last part mixes that full loss in.
"""

import argparse
import math
import os
import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torchaudio.functional import rnnt_loss

from batches import IGNORED, BatchMaker
from clips import Clips
from development import DevelopmentSet
from shared_domain import LANGUAGES
from tokenizer import Tokenizer, train_tokenizer
from transducer import Transducer

STEPS = 11_000
PEAK_RATE = 1.5e-3
FINAL_SHARE = 0.01
WARM_UP_STEPS = 300
FULL_LOSS_FROM = 6600
# The full loss buys accuracy with delay. With a narrow look-ahead tokens shall come promptly, so it is left out there.
FULL_LOSS_LOOK_AHEAD = 6
AVERAGING = 0.999
BLANK_WEIGHT = 0.5  # blanks outnumber tokens about three to one
CHECKPOINT_STEPS = 500
EVALUATION_STEPS = 2000
LOG_STEPS = 100


def losses(model, batch, full):
    mels, lengths, prompts, targets = map(
        torch.from_numpy, (batch.mels, batch.lengths, batch.prompts, batch.targets)
    )
    encoded, frames = model.encoder(mels, lengths, batch.look_ahead, prompts, batch.pre_cache)
    predicted = model.predict(targets)
    utterance, frame, prefix, label = torch.from_numpy(batch.path)
    hidden = model.join_encoder(encoded)[utterance, frame] + model.join_predictor(predicted)[utterance, prefix]
    scores = model.join_output(F.relu(hidden))
    weight = torch.where(label == model.blank, BLANK_WEIGHT, 1.0)
    path = (F.cross_entropy(scores, label, reduction="none") * weight).sum() / weight.sum()
    spoken = F.cross_entropy(
        model.frame_classifier(encoded).transpose(1, 2), torch.from_numpy(batch.spoken), ignore_index=IGNORED
    )
    if not full:
        return 0.5 * path + spoken, path, spoken, None
    # Every frame against every prefix is dear: half of the batch takes as long as all the rest.
    some = len(targets) // 2
    frames = frames[:some]
    sizes = torch.from_numpy(batch.target_lengths)[:some]
    longest, most = int(frames.max()), int(sizes.max())  # rnnt_loss refuses spare padding
    transducer = rnnt_loss(
        model.joint(encoded[:some, :longest], predicted[:some, : most + 1]),
        targets[:some, :most].int(),
        frames.int(),
        sizes.int(),
        blank=model.blank,
        clamp=1.0,
        reduction="sum",
    ) / sizes.sum()
    return transducer + 0.3 * path + 0.1 * spoken, path, spoken, transducer


def learning_rate(step):
    cosine = 0.5 * (1 + math.cos(math.pi * step / STEPS))
    return PEAK_RATE * min(1.0, (step + 1) / WARM_UP_STEPS) * max(FINAL_SHARE, cosine)


def start_worker(maker, first_step):
    """Prepare batches in a second process, so that training never waits for audio."""
    context = get_context("fork")
    queue = context.Queue(8)

    def work():
        torch.set_num_threads(1)
        for batch in maker.forever(first_step):
            queue.put(batch)

    context.Process(target=work, daemon=True).start()
    return queue


def save(state, path):
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    folder = arguments.folder

    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    clips = Clips(folder, "train")
    if not (folder / "bpe.model").exists():
        train_tokenizer([row["text"] for row in clips.rows], LANGUAGES, folder / "bpe.model")
    tokenizer = Tokenizer(folder / "bpe.model")
    development = DevelopmentSet(Clips(folder, "dev"), tokenizer, arguments.seed)
    maker = BatchMaker(clips, tokenizer, arguments.seed)
    model = Transducer(tokenizer.size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, betas=(0.9, 0.98), weight_decay=1e-3)
    step, elapsed = 0, 0.0
    if (folder / "checkpoint.pt").exists():
        state = torch.load(folder / "checkpoint.pt")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, elapsed = state["average"], state["step"], state["elapsed"]
    else:
        model.encoder.subsampling.calibrate(torch.from_numpy(maker.make(0).mels))
        average = {name: value.clone() for name, value in model.state_dict().items()}
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(clips)} clips, from step {step}", flush=True)

    queue = start_worker(maker, step)
    started = time.monotonic() - elapsed
    recent = []

    def checkpoint():
        save(
            {
                "model": model.state_dict(),
                "average": average,
                "optimizer": optimizer.state_dict(),
                "step": step,
                "elapsed": time.monotonic() - started,
            },
            folder / "checkpoint.pt",
        )

    while step < STEPS:
        rate = learning_rate(step)
        for group in optimizer.param_groups:
            group["lr"] = rate
        # The full loss costs more than a step of the other, so it takes every second one.
        batch = queue.get()
        full = step >= FULL_LOSS_FROM and step % 2 == 0 and batch.look_ahead >= FULL_LOSS_LOOK_AHEAD
        loss, path, spoken, transducer = losses(model, batch, full)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        step += 1
        with torch.no_grad():
            keep = min(AVERAGING, step / (step + 100))
            for name, value in model.state_dict().items():
                average[name].lerp_(value, 1 - keep)
        recent.append((path.item(), spoken.item(), float("nan") if transducer is None else transducer.item()))
        if step % LOG_STEPS == 0:
            path_mean, spoken_mean, full_mean = np.ma.masked_invalid(recent).mean(axis=0)
            print(
                f"step {step} path {path_mean:.3f} spoken {spoken_mean:.3f} transducer {full_mean:.3f} "
                f"rate {rate:.5f} minutes {(time.monotonic() - started) / 60:.1f} waiting batches {queue.qsize()}",
                flush=True,
            )
            recent.clear()
        if step % CHECKPOINT_STEPS == 0:
            checkpoint()
        if step % EVALUATION_STEPS == 0:
            print(f"step {step}", development.evaluate(average), flush=True)
    checkpoint()
    print(f"final step {step}", development.evaluate(average), flush=True)


if __name__ == "__main__":
    main()
