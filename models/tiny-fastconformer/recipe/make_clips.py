"""Speak the training and development sentences.

    make_clips.py WORK_FOLDER [--per-language 3000] [--seed 1]

Writes `train` and `dev` to the folder, each as raw 16-bit samples (`.i16`) and
one JSON object per clip (`.jsonl`): language, text, voice, where its samples
lie, and espeak's word events. Prints the SHA-256 of each file; that of
`train.i16` is the training-data digest in the model card.
"""

import argparse
import hashlib
import json
import random
from pathlib import Path

import numpy as np

from shared_domain import (
    LANGUAGES,
    SAMPLE_RATE,
    VOICES,
    Synthesizer,
    held_out_texts,
    held_out_voices,
    random_sentence,
)

DEV_PER_LANGUAGE = 30
PEAK = 0.9
RATES = (130, 195)
# espeak counts a Chinese character as a word, so the same figure is far slower.
CHINESE_RATES = (185, 275)
PITCHES = (25, 75)


def make_clips(name, folder, per_language, seed, excluded, synthesizer):
    """Speak `per_language` sentences of each language, none of them in `excluded`."""
    chooser = random.Random(f"{seed} {name}")
    voices = [voice for voice in VOICES if voice not in held_out_voices()]
    texts, offset = set(), 0
    with open(folder / f"{name}.i16", "wb") as audio, open(
        folder / f"{name}.jsonl", "w", encoding="utf-8"
    ) as index:
        for number in range(per_language * len(LANGUAGES)):
            language = LANGUAGES[number % len(LANGUAGES)]
            text = random_sentence(language, chooser)
            while text in excluded:
                text = random_sentence(language, chooser)
            voice = chooser.choice(voices)
            rate = chooser.randint(*(CHINESE_RATES if language == "zh-CN" else RATES))
            speech = synthesizer.speak(language, text, voice, rate, chooser.randint(*PITCHES))
            samples = np.rint(speech.samples * PEAK * 32767).astype("<i2")
            audio.write(samples.tobytes())
            events = [[event.position, round(event.start, 4)] for event in speech.events if event.length]
            row = {
                "lang": language,
                "text": text,
                "voice": voice,
                "offset": offset,
                "length": len(samples),
                "events": events,
            }
            index.write(json.dumps(row, ensure_ascii=False) + "\n")
            offset += len(samples)
            texts.add(text)
    assert not texts & excluded, "a held-out sentence got into the clips"
    hours = offset / SAMPLE_RATE / 3600
    print(f"{name}: {per_language * len(LANGUAGES)} clips, {len(texts)} sentences, {hours:.2f} h", end=", ")
    print(f"voices {' '.join(voices)}")
    for file in (f"{name}.i16", f"{name}.jsonl"):
        print(hashlib.sha256((folder / file).read_bytes()).hexdigest(), file)
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--per-language", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    synthesizer = Synthesizer()
    corpus = held_out_texts()
    dev = make_clips(
        "dev", arguments.folder, DEV_PER_LANGUAGE, arguments.seed, corpus, synthesizer
    )
    make_clips(
        "train", arguments.folder, arguments.per_language, arguments.seed, corpus | dev, synthesizer
    )


if __name__ == "__main__":
    main()
