"""Times the Python peers that this interpreter has, on the texts that `scoring.ts` wrote to a file.

    python3 -m pip install jiwer rapidfuzz transformers

Prints one JSON object: by task the peer's name and version and the shortest time of some runs, in milliseconds. A peer that
is not installed is left out.
"""

import importlib.metadata
import json
import sys
import time


def time_ms(work):
    times = []
    end = time.perf_counter() + 0.333
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main(path):
    with open(path, encoding="utf-8") as file:
        texts = json.load(file)
    pairs = texts["pairs"]
    found = {}

    def record(task, package, what, work):
        name = f"{package} {importlib.metadata.version(package)} {what}".strip()
        found[task] = {"peer": name, "peerMs": time_ms(work)}

    try:
        import jiwer

        references = [reference for reference, _ in pairs]
        hypotheses = [hypothesis for _, hypothesis in pairs]
        record("corpus", "jiwer", "process_words", lambda: jiwer.process_words(references, hypotheses))
    except ImportError:
        pass

    try:
        from rapidfuzz.distance import Levenshtein

        for task in ("short", "talk", "long"):
            reference, hypothesis = texts[task]
            record(task, "rapidfuzz", "editops", lambda: Levenshtein.editops(reference, hypothesis))
        record(
            "pairs",
            "rapidfuzz",
            "editops",
            lambda: [Levenshtein.editops(reference.split(), hypothesis.split()) for reference, hypothesis in pairs],
        )
    except ImportError:
        pass

    try:
        # The same code as OpenAI's, without its model.
        from transformers.models.whisper.english_normalizer import BasicTextNormalizer, EnglishTextNormalizer

        english = EnglishTextNormalizer({})
        basic = BasicTextNormalizer()
        record("english", "transformers", "EnglishTextNormalizer", lambda: [english(line) for line in texts["lines"]])
        record("basic", "transformers", "BasicTextNormalizer", lambda: [basic(line) for line in texts["lines"]])
    except ImportError:
        pass

    json.dump(found, sys.stdout)


main(sys.argv[1])
