"""Reach the corpus' own text and speech generators, so that there is one copy of each."""

import json
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[3] / "datasets" / "spoken-commands"
sys.path.insert(0, str(CORPUS))

from sentences import LANGUAGES, random_sentence  # noqa: E402,F401
from synthesize import SAMPLE_RATE, VOICES, Synthesizer  # noqa: E402,F401


def corpus_rows():
    with open(CORPUS / "manifest.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def held_out_texts():
    """Sentences of the embedded corpus, which training must never see."""
    return {row["text"] for row in corpus_rows()}


def held_out_voices():
    return {row["speaker"].removeprefix("espeak-") for row in corpus_rows() if row["voice_held_out"]}
