"""Make clean clips sound less clean: level, noise, reverberation, masked features."""

import numpy as np
from scipy.signal import fftconvolve, lfilter

from frontend import LOG_FLOOR, MELS

OTHER_LOG_FLOOR = float(np.log(1.1920929e-7))

_SNR_DB = (3.0, 25.0)
_REVERB_SHARE = 0.12
_BABBLE_TALKERS = 4


def set_level(samples, random):
    """A peak level: mostly quiet, as in the embedded corpus, sometimes anything."""
    low, high = (-29.0, -18.0) if random.random() < 0.6 else (-36.0, -2.0)
    return samples * 10 ** (random.uniform(low, high) / 20)


def add_noise(samples, speech_power, clips, random, generator):
    """White, colored or babble noise at a random ratio to the speech."""
    kind = random.random()
    if kind < 1 / 3:
        noise = generator.standard_normal(len(samples), dtype=np.float32)
    elif kind < 2 / 3:
        noise = colored_noise(len(samples), random, generator)
    else:
        noise = babble(len(samples), clips, random)
    ratio = 10 ** (-random.uniform(*_SNR_DB) / 10)
    noise_power = float(np.mean(noise**2)) + 1e-12
    return samples + noise * np.float32(np.sqrt(speech_power * ratio / noise_power))


def colored_noise(length, random, generator):
    """A spectrum between white and brown, pink or with one random pole."""
    white = generator.standard_normal(length, dtype=np.float32)
    if random.random() < 0.6:
        # A three-pole approximation of 1/f, as the corpus uses.
        numerator = [0.049922035, -0.095993537, 0.050612699, -0.004408786]
        denominator = [1.0, -2.494956002, 2.017265875, -0.522189400]
        return lfilter(numerator, denominator, white).astype(np.float32)
    return lfilter([1.0], [1.0, -random.uniform(0.3, 0.97)], white).astype(np.float32)


def babble(length, clips, random):
    mixture = np.zeros(length, dtype=np.float32)
    for _ in range(_BABBLE_TALKERS):
        talker = clips.samples(random.randrange(len(clips)))
        start = random.randrange(len(talker))
        repeats = (start + length) // len(talker) + 1
        talker = np.tile(talker, repeats)[start : start + length]
        mixture += talker / (float(np.sqrt(np.mean(talker**2))) + 1e-6)
    return mixture


def reverberate(samples, random, generator):
    """A decaying noise tail of 50 to 250 ms behind the direct sound."""
    length = random.randrange(800, 4000)
    decay = np.exp(-np.arange(length, dtype=np.float32) * (5.0 / length))
    response = generator.standard_normal(length, dtype=np.float32) * decay * random.uniform(0.02, 0.1)
    response[0] = 1.0
    return fftconvolve(samples, response)[: len(samples)].astype(np.float32)


def degrade(samples, speech_power, clips, random, generator, noise_share):
    if random.random() < _REVERB_SHARE:
        samples = reverberate(samples, random, generator)
    if random.random() < noise_share:
        samples = add_noise(samples, speech_power, clips, random, generator)
    return samples


def surround_with_silence(samples, random):
    """Digital silence around a recording, as engines pad with it: noise then sets in abruptly.

    Returns the samples and how many now precede the old first one.
    """
    lead, tail = random.randrange(9600), random.randrange(6400)
    return np.pad(samples, (lead, tail)), lead


def raise_floor(mels, length):
    """The other common floor of log-mels, ln(1.2e-7), in place: sherpa-onnx has that one."""
    np.maximum(mels[:, :length], OTHER_LOG_FLOOR, out=mels[:, :length])


def mask_features(mels, length, random):
    """Silence up to two bands and two stretches of one utterance, in place."""
    for _ in range(2):
        low = random.randrange(MELS - 16)
        mels[low : low + random.randrange(16)] = LOG_FLOOR
    for _ in range(2):
        start = random.randrange(max(1, length - 10))
        mels[:, start : start + random.randrange(10)] = LOG_FLOOR
