"""Noise to lay over speech at a stated signal-to-noise ratio.

Everything is in float64 and avoids the FFT, so that rounding to 16 bits gives
the same bytes on every machine.
"""

import numpy as np
from scipy.signal import lfilter

# Paul Kellet's three-pole approximation of a 1/f spectrum, within 0.5 dB from
# about 10 Hz up at 16 kHz.
_PINK_NUMERATOR = [0.049922035, -0.095993537, 0.050612699, -0.004408786]
_PINK_DENOMINATOR = [1.0, -2.494956002, 2.017265875, -0.522189400]


def white(length, generator):
    return generator.standard_normal(length)


def pink(length, generator):
    warm_up = 2000  # the slowest pole needs about this long to settle
    shaped = lfilter(
        _PINK_NUMERATOR, _PINK_DENOMINATOR, generator.standard_normal(length + warm_up)
    )
    return shaped[warm_up:]


def babble(length, talkers, generator):
    """Several talkers at once, each at equal power and looped from a random point."""
    mixture = np.zeros(length)
    for talker in talkers:
        start = int(generator.integers(len(talker)))
        repeats = (start + length) // len(talker) + 1
        mixture += np.tile(talker / _rms(talker), repeats)[start : start + length]
    return mixture


def mix(speech, noise, snr_db, active):
    """Add noise so that the speech inside the slice `active` is `snr_db` above it."""
    gain = _rms(speech[active]) / _rms(noise) * 10 ** (-snr_db / 20)
    return speech + gain * noise


def _rms(samples):
    return float(np.sqrt(np.mean(samples**2)))
