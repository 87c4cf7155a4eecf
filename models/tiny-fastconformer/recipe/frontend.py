"""Log-mel features as NeMo computes them for its streaming models.

16 kHz, pre-emphasis 0.97, a symmetric Hann window of 400 samples centered in
512, hop 160, zero padding at the edges, power spectrum, 128 bands on the Slaney
scale with Slaney's area normalization, and ln(x + 2^-24). No normalization.
"""

import numpy as np
import torch

SAMPLE_RATE = 16000
HOP = 160
MELS = 128
_FFT = 512
_WINDOW = 400
_PREEMPHASIS = 0.97
_FLOOR = 2.0**-24
LOG_FLOOR = float(np.log(_FLOOR))

# Slaney's scale: linear to 1 kHz, logarithmic above.
_HZ_PER_MEL = 200 / 3
_BREAK_HZ = 1000.0
_BREAK_MEL = _BREAK_HZ / _HZ_PER_MEL
_LOG_STEP = np.log(6.4) / 27


def _hz_to_mel(hz):
    hz = np.asarray(hz, dtype=np.float64)
    logarithmic = _BREAK_MEL + np.log(np.maximum(hz, 1e-9) / _BREAK_HZ) / _LOG_STEP
    return np.where(hz < _BREAK_HZ, hz / _HZ_PER_MEL, logarithmic)


def _mel_to_hz(mel):
    mel = np.asarray(mel, dtype=np.float64)
    exponential = _BREAK_HZ * np.exp((mel - _BREAK_MEL) * _LOG_STEP)
    return np.where(mel < _BREAK_MEL, mel * _HZ_PER_MEL, exponential)


def mel_filterbank():
    """The [128, 257] matrix from power spectrum to mel bands."""
    edges = _mel_to_hz(np.linspace(0.0, _hz_to_mel(SAMPLE_RATE / 2), MELS + 2))
    bins = np.linspace(0.0, SAMPLE_RATE / 2, _FFT // 2 + 1)
    low, center, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (bins - low) / (center - low)
    falling = (high - bins) / (high - center)
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return torch.tensor(triangles * (2.0 / (high - low)), dtype=torch.float32)


_FILTERBANK = mel_filterbank()
_HANN = torch.hann_window(_WINDOW, periodic=False)


def log_mel(samples):
    """[batch, samples] in [-1, 1] to [batch, 128, 1 + samples // 160]."""
    emphasized = torch.cat([samples[:, :1], samples[:, 1:] - _PREEMPHASIS * samples[:, :-1]], dim=1)
    spectrum = torch.stft(
        emphasized, _FFT, HOP, _WINDOW, _HANN, center=True, pad_mode="constant", return_complex=True
    )
    power = spectrum.real**2 + spectrum.imag**2
    return torch.log(_FILTERBANK @ power + _FLOOR)
