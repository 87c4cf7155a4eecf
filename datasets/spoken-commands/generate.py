"""Regenerate the embedded corpus byte for byte, or check that it still can be.

    /usr/bin/python3 generate.py            write manifest.jsonl, audio/ and SHA256SUMS
    /usr/bin/python3 generate.py --check    regenerate elsewhere and compare the digests

Needs Debian 12's python3-numpy, python3-scipy, libespeak-ng1 and flac.
"""

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

import noise
from domain import DOMAIN
from sentences import LANGUAGES, fill
from synthesize import SAMPLE_RATE, Synthesizer
from words import word_times

HERE = Path(__file__).resolve().parent
SEED = 20261123

# One voice appears here and never in the training of the embedded model.
HELD_OUT_VOICE = "m3"
SPEAKERS = ["m1", "m2", HELD_OUT_VOICE, "m5", "m6", "m7", "f1", "f2", "f4", "f5"]
UTTERANCES_PER_SPEAKER = 4
SNRS_DB = [20, 10, 5]
NOISE_PERIOD = 8  # of so many utterances in a row, one is noisy at each ratio
NOISES = ["white", "pink", "babble"]

RATES_WPM = {language: [140, 155, 170, 185] for language in LANGUAGES}
# espeak counts a Chinese character as a word, so the same figure is far slower.
RATES_WPM["zh-CN"] = [200, 220, 240, 260]
PITCHES = [35, 45, 55, 65]

# Speech sits well below full scale: room for noise, and noise at a low level
# is what keeps lossless files small.
PEAKS_DBFS = [-26, -24, -22]
LEAD_SECONDS = 0.25
TAIL_SECONDS = 0.35
BABBLE_TALKERS = 4
BABBLE_VOICES = ["m2", "m4", "m7", "f1", "f3", "f5"]


def generate(folder):
    """Write the whole corpus under `folder`."""
    (folder / "audio").mkdir(parents=True, exist_ok=True)
    synthesizer = Synthesizer()
    rows = []
    for language in LANGUAGES:
        for index, text in enumerate(_texts(language)):
            rows.append(_utterance(folder, synthesizer, language, index, text))
    manifest = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text(manifest, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(_digests(folder), encoding="utf-8")


def _texts(language):
    """Distinct sentences that go through the templates in turn, in shuffled order."""
    chooser = random.Random(f"{SEED} {language} texts")
    templates = DOMAIN[language]["templates"]
    texts = []
    while len(texts) < len(SPEAKERS) * UTTERANCES_PER_SPEAKER:
        text = fill(language, templates[len(texts) % len(templates)], chooser)
        if text not in texts:
            texts.append(text)
    chooser.shuffle(texts)
    return texts


def _utterance(folder, synthesizer, language, index, text):
    identifier = f"{language}-{index + 1:04d}"
    chooser = random.Random(f"{SEED} {identifier}")
    voice = SPEAKERS[index // UTTERANCES_PER_SPEAKER]
    rate, pitch = chooser.choice(RATES_WPM[language]), chooser.choice(PITCHES)
    speech = synthesizer.speak(language, text, voice, rate, pitch)
    spans = word_times(text, language, speech)

    lead, tail = int(LEAD_SECONDS * SAMPLE_RATE), int(TAIL_SECONDS * SAMPLE_RATE)
    samples = np.concatenate([np.zeros(lead), speech.samples, np.zeros(tail)])
    kind, snr_db = "clean", None
    # Steps of three spread the noisy turns of a period, so that each speaker gets one or two.
    turn = 3 * index % NOISE_PERIOD
    if turn < len(SNRS_DB):
        # The kinds rotate against the ratios, so each pair of them occurs.
        kind = NOISES[(index // NOISE_PERIOD + turn) % len(NOISES)]
        snr_db = SNRS_DB[turn]
        background = _background(kind, len(samples), language, voice, chooser, synthesizer)
        samples = noise.mix(samples, background, snr_db, slice(lead, len(samples) - tail))
    samples = samples * 10 ** (chooser.choice(PEAKS_DBFS) / 20)
    relative = f"audio/{identifier}.flac"
    _write_flac(folder / relative, samples)
    return {
        "id": identifier,
        "audio_filepath": relative,
        "duration": round(len(samples) / SAMPLE_RATE, 4),
        "text": text,
        "lang": language,
        "speaker": f"espeak-{voice}",
        "gender": "female" if voice.startswith("f") else "male",
        "voice_held_out": voice == HELD_OUT_VOICE,
        "noise": kind,
        "snr_db": snr_db,
        "rate_wpm": rate,
        "pitch": pitch,
        "words": [
            {
                "word": span["word"],
                "start": round(span["start"] + LEAD_SECONDS, 3),
                "end": round(span["end"] + LEAD_SECONDS, 3),
            }
            for span in spans
        ],
    }


def _background(kind, length, language, speaker, chooser, synthesizer):
    generator = np.random.default_rng(chooser.getrandbits(64))
    if kind == "white":
        return noise.white(length, generator)
    if kind == "pink":
        return noise.pink(length, generator)
    talkers = []
    for _ in range(BABBLE_TALKERS):
        text = fill(language, chooser.choice(DOMAIN[language]["templates"]), chooser)
        voice = chooser.choice([voice for voice in BABBLE_VOICES if voice != speaker])
        rate = chooser.choice(RATES_WPM[language])
        talkers.append(synthesizer.speak(language, text, voice, rate, 50).samples)
    return noise.babble(length, talkers, generator)


def _write_flac(path, samples):
    pcm = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2")
    with tempfile.TemporaryDirectory() as scratch:
        wav = Path(scratch) / "clip.wav"
        with wave.open(str(wav), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(pcm.tobytes())
        command = ["flac", "--silent", "--force", "--best", "--no-padding", "-o", str(path), str(wav)]
        subprocess.run(command, check=True)


def _digests(folder):
    files = [folder / "manifest.jsonl", *sorted((folder / "audio").glob("*.flac"))]
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    )


def check():
    """Regenerate to a temporary folder; compare it, and the files here, with SHA256SUMS."""
    expected = (HERE / "SHA256SUMS").read_text(encoding="utf-8")
    problems = []
    if _digests(HERE) != expected:
        problems.append("the files here do not match SHA256SUMS")
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch))
        regenerated = (Path(scratch) / "SHA256SUMS").read_text(encoding="utf-8")
    changed = set(regenerated.splitlines()) ^ set(expected.splitlines())
    names = sorted({line.split("  ", 1)[1] for line in changed})
    problems += [f"regenerated differently: {name}" for name in names]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(expected.splitlines())} files regenerate byte for byte")
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    if parser.parse_args().check:
        return check()
    shutil.rmtree(HERE / "audio", ignore_errors=True)
    generate(HERE)
    print(hashlib.sha256((HERE / "SHA256SUMS").read_bytes()).hexdigest(), "SHA256SUMS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
