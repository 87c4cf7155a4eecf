"""A small fixed set of held-out sentences, to watch training without the embedded corpus."""

from random import Random

import numpy as np
import torch

import augment
from batches import padded_features
from frontend import HOP, SAMPLE_RATE
from prompts import PROMPT_INDEX
from scoring import ErrorRate
from transducer import Transducer

_BATCH = 30
_NOISY_SHARE = 0.4
_LEAD_SECONDS, _TAIL_SECONDS = 0.25, 0.35


class DevelopmentSet:
    def __init__(self, clips, tokenizer, seed):
        self._tokenizer = tokenizer
        random, generator = Random(f"{seed} development"), np.random.default_rng(seed)
        pads = (int(_LEAD_SECONDS * SAMPLE_RATE), int(_TAIL_SECONDS * SAMPLE_RATE))
        items = []
        for number, row in enumerate(clips.rows):
            speech = clips.samples(number) * 10 ** (random.uniform(-25, -21) / 20)
            wave = np.pad(speech, pads).astype(np.float32)
            noisy = random.random() < _NOISY_SHARE
            if noisy:
                wave = augment.add_noise(wave, float(np.mean(speech**2)), clips, random, generator)
            items.append((row["lang"], row["text"], noisy, wave))
        # Clips of one length together, so that little is computed for padding.
        items.sort(key=lambda item: len(item[3]))
        self._batches = [items[i : i + _BATCH] for i in range(0, len(items), _BATCH)]

    @torch.no_grad()
    def evaluate(self, state, look_aheads=(13, 0)):
        """Error rates in percent of a state dict, as text."""
        model = Transducer(self._tokenizer.size)
        model.load_state_dict(state)
        model.eval()
        report = []
        for look_ahead in look_aheads:
            clean, noisy, languages = ErrorRate(), ErrorRate(), {}
            for items in self._batches:
                waves = [wave for *_, wave in items]
                lengths = np.array([len(wave) // HOP for wave in waves])
                mels = torch.from_numpy(padded_features(waves, lengths))
                prompts = torch.tensor([PROMPT_INDEX[language] for language, *_ in items])
                encoded, frames = model.encoder(mels, torch.from_numpy(lengths), look_ahead, prompts, True)
                for (language, text, is_noisy, _), tokens in zip(items, model.greedy(encoded, frames)):
                    heard = self._tokenizer.decode(tokens)
                    for rate in (noisy if is_noisy else clean, languages.setdefault(language, ErrorRate())):
                        rate.add(text, heard, language)
            detail = " ".join(f"{name[:2]} {rate.percent:.1f}" for name, rate in sorted(languages.items()))
            report.append(f"R={look_ahead}: clean {clean.percent:.1f} noisy {noisy.percent:.1f} ({detail})")
        return "; ".join(report)
