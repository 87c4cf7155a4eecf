"""Turn espeak's word events into a time span for every word of a sentence."""

import numpy as np

from synthesize import SAMPLE_RATE

_FRAME_SECONDS = 0.01
_SILENCE_SHARE = 0.01  # of the clip's peak; 40 dB down


def split_words(text, language):
    """Words with their character offset: by spaces, or one per character in Chinese."""
    if language == "zh-CN":
        return [(position, char) for position, char in enumerate(text) if char.isalnum()]
    words, position = [], 0
    for piece in text.split(" "):
        words.append((position, piece))
        position += len(piece) + 1
    return words


def word_times(text, language, speech):
    """Return [{"word", "start", "end"}] in seconds from the start of the speech.

    A word starts where espeak announced it. It ends where the next one starts,
    or earlier if its sound dies away before that, as it does before a pause.
    """
    words = split_words(text, language)
    duration = len(speech.samples) / SAMPLE_RATE
    starts = _starts(words, speech.events, text, duration)
    spans = []
    for index, (_, word) in enumerate(words):
        following = starts[index + 1] if index + 1 < len(words) else duration
        end = _last_sound(speech.samples, starts[index], following)
        spans.append({"word": word, "start": starts[index], "end": end})
    return spans


def _starts(words, events, text, duration):
    """The start of every word; one that espeak joined to its neighbor is interpolated."""
    known = {}
    for event in events:
        if event.length > 0:
            known.setdefault(event.position, event.start)
    positions, times = [], []
    for position in sorted(known):
        if not positions or known[position] >= times[-1]:
            positions.append(position)
            times.append(known[position])
    positions.append(len(text))
    times.append(duration)
    starts = []
    for position, word in words:
        announced = [p for p in known if position <= p < position + len(word)]
        start = known[min(announced)] if announced else np.interp(position, positions, times)
        starts.append(max(float(start), starts[-1] if starts else 0.0))
    return starts


def _last_sound(samples, start, end):
    frame = int(_FRAME_SECONDS * SAMPLE_RATE)
    first = int(start * SAMPLE_RATE)
    threshold = _SILENCE_SHARE * np.abs(samples).max()
    last = int(end * SAMPLE_RATE)
    while last - frame > first and np.abs(samples[last - frame : last]).max() <= threshold:
        last -= frame
    return max(start, min(end, last / SAMPLE_RATE))
