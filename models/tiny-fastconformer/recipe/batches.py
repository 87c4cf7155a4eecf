"""Prepare training batches, each a pure function of the seed and the step."""

from dataclasses import dataclass
from itertools import count
from random import Random

import numpy as np
import torch

import augment
from encoder import DROPPED_FRAMES, PRE_CACHE_MELS, subsampled_length
from frontend import HOP, SAMPLE_RATE, log_mel
from prompts import AUTO_PROMPT, PROMPT_INDEX

LOOK_AHEADS = (0, 3, 6, 13)
# All look-aheads count the same at first; later the wide ones, which are more accurate, come more often.
LATER_WEIGHTS, LATER_FROM = (1, 2, 2, 3), 4000
BATCH_SIZE = 16
AUTO_SHARE = 0.4
IGNORED = -100

# Mel frames between the end of a token and the first encoder frame that may emit it.
# Late in training it shrinks, which moves tokens forward: the wide look-aheads can afford it.
EMISSION_DELAY, LATER_DELAY, LATER_DELAY_FROM = 5, 2, 9000

# Augmentation starts once the encoder hears clean speech, and then grows.
_DEGRADE_FROM, _DEGRADE_FULLY = 1500, 3000
_NOISE_SHARE = 0.6

# What engines do to audio comes late: silence around it, another floor under the features.
_PADDING_FROM, _PADDING_SHARE, _OTHER_FLOOR_SHARE = 7000, 0.3, 0.3

_LEAD_SECONDS = (0.05, 0.40)
_TAIL_SECONDS = (0.20, 0.50)


@dataclass
class Batch:
    mels: np.ndarray  # [B, 128, T]
    lengths: np.ndarray  # [B] in mel frames
    prompts: np.ndarray  # [B]
    look_ahead: int
    pre_cache: bool
    targets: np.ndarray  # [B, U], padded with 0
    target_lengths: np.ndarray  # [B]
    path: np.ndarray  # [4, nodes]: utterance, frame, prefix length, token or blank
    spoken: np.ndarray  # [B, frames]: the token being said, or blank, or IGNORED


class BatchMaker:
    def __init__(self, clips, tokenizer, seed):
        self._clips, self._tokenizer, self._seed = clips, tokenizer, seed
        self._blank = tokenizer.size
        self._epoch, self._order = None, None

    def forever(self, first_step):
        for step in count(first_step):
            yield self.make(step)

    def make(self, step):
        random = Random(f"{self._seed} {step}")
        generator = np.random.default_rng(random.getrandbits(64))
        grown = (step - _DEGRADE_FROM) / (_DEGRADE_FULLY - _DEGRADE_FROM)
        noise_share = _NOISE_SHARE * min(1.0, max(0.0, grown))
        pre_cache = random.random() < 0.5
        numbers = self._numbers(step)
        leads = [random.uniform(*_LEAD_SECONDS) for _ in numbers]
        waves = [self._wave(n, lead, random, generator, noise_share) for n, lead in zip(numbers, leads)]
        if step >= _PADDING_FROM:
            for b in range(len(waves)):
                if random.random() < _PADDING_SHARE:
                    waves[b], added = augment.surround_with_silence(waves[b], random)
                    leads[b] += added / SAMPLE_RATE
        lengths = np.array([len(wave) // HOP for wave in waves])
        mels = padded_features(waves, lengths)
        if noise_share > 0:
            for utterance, length in zip(mels, lengths):
                if step >= _PADDING_FROM and random.random() < _OTHER_FLOOR_SHARE:
                    augment.raise_floor(utterance, int(length))
                augment.mask_features(utterance, int(length), random)
        rows = [self._clips.rows[n] for n in numbers]
        prompts = [AUTO_PROMPT if random.random() < AUTO_SHARE else PROMPT_INDEX[row["lang"]] for row in rows]
        timed = [self._clips.timed_tokens(n, self._tokenizer) for n in numbers]
        return Batch(
            mels=mels,
            lengths=lengths,
            prompts=np.array(prompts),
            look_ahead=random.choices(LOOK_AHEADS, LATER_WEIGHTS if step >= LATER_FROM else None)[0],
            pre_cache=pre_cache,
            **self._supervision(
                timed,
                leads,
                lengths,
                mels.shape[2],
                pre_cache,
                LATER_DELAY if step >= LATER_DELAY_FROM else EMISSION_DELAY,
            ),
        )

    def _numbers(self, step):
        """Clips of similar length together; the batches of an epoch in random order."""
        batches = len(self._clips) // BATCH_SIZE
        epoch, position = divmod(step, batches)
        if epoch != self._epoch:
            generator = np.random.default_rng([self._seed, epoch])
            seconds = np.array([self._clips.seconds(n) for n in range(len(self._clips))])
            order = np.argsort(seconds + generator.uniform(-0.1, 0.1, len(seconds)))
            order = order[: batches * BATCH_SIZE].reshape(batches, BATCH_SIZE)
            self._epoch, self._order = epoch, generator.permutation(order)
        return self._order[position].tolist()

    def _wave(self, number, lead, random, generator, noise_share):
        speech = augment.set_level(self._clips.samples(number), random)
        tail = random.uniform(*_TAIL_SECONDS)
        wave = np.pad(speech, (int(lead * SAMPLE_RATE), int(tail * SAMPLE_RATE))).astype(np.float32)
        power = float(np.mean(speech**2))
        return augment.degrade(wave, power, self._clips, random, generator, noise_share)

    def _supervision(self, timed, leads, lengths, total, pre_cache, delay):
        shift = PRE_CACHE_MELS if pre_cache else 0
        dropped = DROPPED_FRAMES if pre_cache else 0
        # Encoder frame k ends at mel frame 8k, or 8k + 7 behind the pre-cache.
        last_mel = 8 * dropped - shift
        frames = [int(subsampled_length(torch.tensor(int(n) + shift))) - dropped for n in lengths]
        width = int(subsampled_length(torch.tensor(total + shift))) - dropped
        targets = np.zeros((len(timed), max(len(tokens) for tokens, _ in timed)), dtype=np.int64)
        spoken = np.full((len(timed), width), IGNORED, dtype=np.int64)
        path = []
        for b, ((tokens, moments), lead) in enumerate(zip(timed, leads)):
            targets[b, : len(tokens)] = tokens
            due = (np.array(moments) + lead) * (SAMPLE_RATE / HOP) + delay
            emissions = np.clip(np.ceil((due - last_mel) / 8).astype(int), 0, frames[b] - 1)
            path += _path(b, tokens, emissions, frames[b], self._blank)
            first = int((lead * SAMPLE_RATE / HOP + delay - last_mel) / 8)
            _label_frames(spoken[b], tokens[:-1], emissions[:-1], first, frames[b], self._blank)
        return {
            "targets": targets,
            "target_lengths": np.array([len(tokens) for tokens, _ in timed]),
            "path": np.array(path).T,
            "spoken": spoken,
        }


def padded_features(waves, lengths):
    """Features of waves of different lengths; frames past the end are 0, as NeMo leaves them."""
    samples = torch.zeros(len(waves), max(len(wave) for wave in waves))
    for row, wave in zip(samples, waves):
        row[: len(wave)] = torch.from_numpy(wave)
    mels = log_mel(samples)[:, :, : int(max(lengths))].numpy()
    for row, length in zip(mels, lengths):
        row[:, int(length) :] = 0.0
    return mels


def _path(utterance, tokens, emissions, frames, blank):
    """The nodes of one alignment: in each frame the tokens due there, then blank."""
    nodes, prefix = [], 0
    for frame in range(frames):
        while prefix < len(tokens) and emissions[prefix] <= frame:
            nodes.append((utterance, frame, prefix, tokens[prefix]))
            prefix += 1
        nodes.append((utterance, frame, prefix, blank))
    return nodes


def _label_frames(labels, tokens, emissions, first, frames, blank):
    """Label each frame with the token whose end it approaches."""
    labels[:frames] = blank
    start = first
    for token, emission in zip(tokens, emissions):
        end = max(emission + 1, start)
        labels[start:end] = token
        start = end
    labels[start:frames] = blank
