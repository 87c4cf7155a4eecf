"""Read the clips that `make_clips.py` wrote."""

import json

import numpy as np

from shared_domain import SAMPLE_RATE
from tokenizer import WORD_MARK

_SILENT_OPENERS = ("¿", "¡")


class Clips:
    """Samples stay in a memory map, so processes share them."""

    def __init__(self, folder, name):
        with open(folder / f"{name}.jsonl", encoding="utf-8") as file:
            self.rows = [json.loads(line) for line in file]
        self._samples = np.memmap(folder / f"{name}.i16", dtype="<i2", mode="r")

    def __len__(self):
        return len(self.rows)

    def samples(self, number):
        """Samples in [-1, 1]; the speech peaks at 0.9."""
        row = self.rows[number]
        raw = self._samples[row["offset"] : row["offset"] + row["length"]]
        return raw.astype(np.float32) / 32768

    def seconds(self, number):
        return self.rows[number]["length"] / SAMPLE_RATE

    def timed_tokens(self, number, tokenizer):
        """The tokens of a clip and when each has been said, in seconds.

        Time runs linearly over the characters between two word events. The
        closing language tag is due when the clip ends, and an opening mark or
        the space before a word, which nobody can hear, with the token that follows.
        """
        row = self.rows[number]
        text, duration = row["text"], self.seconds(number)
        positions, times = [0], [0.0]
        for position, start in sorted(row["events"]):
            start = max(times[-1], min(start, duration))
            if positions[-1] < position < len(text):
                positions.append(position)
                times.append(start)
        positions.append(len(text))
        times.append(duration)
        tokens, ends = tokenizer.encode_with_ends(text)
        moments = np.interp(ends, positions, times).tolist()
        for index in reversed(range(len(tokens) - 1)):
            piece = tokenizer.piece(tokens[index])
            if piece == WORD_MARK or piece.endswith(_SILENT_OPENERS):
                moments[index] = moments[index + 1]
        return tokens + [tokenizer.tag(row["lang"])], moments + [duration]
