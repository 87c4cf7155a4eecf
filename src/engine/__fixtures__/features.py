"""Writes features.golden.bin: log-mels by torch and torchaudio for the signal that features.test.ts synthesizes too.

Run: python3 features.py. Layout: frames x mels float32, little-endian, time-major.
The signal is built from integer arithmetic alone, so both languages hear the same bits.
"""

import os

import numpy as np
import torch
import torchaudio.functional as AF

RATE, SECONDS, MELS = 16000, 2, 128


def signal() -> np.ndarray:
    """A square-wave sweep that swells and fades, over noise from a linear congruential generator."""
    count = RATE * SECONDS + 77
    state, phase = 12345, 0
    out = np.zeros(count, dtype=np.float32)
    for n in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        noise = (state >> 16) % 2001 - 1000
        phase = (phase + 100 + n // 8) % RATE
        envelope = min(n, count - n) // 4
        tone = envelope if phase * 2 < RATE else -envelope
        quiet = 20000 <= n < 24000
        out[n] = (0 if quiet else noise + tone) / 32768
    return out


def log_mel(samples: np.ndarray) -> np.ndarray:
    x = torch.from_numpy(samples)
    x = torch.cat([x[:1], x[1:] - 0.97 * x[:-1]])
    window = torch.hann_window(400, periodic=False)
    spectrum = torch.stft(x, 512, 160, 400, window, center=True, pad_mode="constant", return_complex=True)
    bank = AF.melscale_fbanks(257, 0.0, RATE / 2, MELS, RATE, norm="slaney", mel_scale="slaney")
    mel = bank.T @ (spectrum.abs() ** 2)
    return torch.log(mel + 2**-24).T[: len(samples) // 160].numpy()


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "features.golden.bin")
    log_mel(signal()).astype("<f4").tofile(path)
    print(path, log_mel(signal()).shape)
