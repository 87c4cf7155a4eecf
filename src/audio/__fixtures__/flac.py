"""Writes the FLAC files of this folder with the reference encoder: python3 flac.py. Their samples are in flac.test.ts too.

Each file drives another part of the format: constant and verbatim blocks, fixed and linear predictors, every way to
couple two channels, wasted bits, 8 to 24 bits.
"""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def noise(count, seed):
    state, out = seed, []
    for _ in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append((state >> 8) % 65536 - 32768)
    return out


def sweep(count):
    """A triangle wave whose period shrinks, from integers alone."""
    phase, out = 0, []
    for n in range(count):
        phase = (phase + 40 + n // 4) % 8192
        out.append((phase if phase < 4096 else 8192 - phase) * 8 - 16384)
    return out


def encode(name, channels, bits, rate, *options):
    width = (bits + 7) // 8
    frames = zip(*channels)
    raw = b"".join(int(s).to_bytes(width, "little", signed=True) for frame in frames for s in frame)
    command = ["flac", "--silent", "--force", "--force-raw-format", "--endian=little", "--sign=signed", "--no-padding",
               f"--channels={len(channels)}", f"--bps={bits}", f"--sample-rate={rate}", *options,
               "-o", os.path.join(HERE, name), "-"]
    subprocess.run(command, input=raw, check=True)


if __name__ == "__main__":
    n = 3000
    tone, hiss = sweep(n), noise(n, 7)
    quiet = [s // 64 for s in hiss]
    encode("mono-16.flac", [tone], 16, 16000, "-8", "--blocksize=1000")
    encode("noise-16.flac", [hiss], 16, 16000, "-5")
    encode("silence-8.flac", [[0] * n], 8, 8000, "-5")
    encode("fixed-8.flac", [[s // 256 for s in tone]], 8, 11025, "-0", "--lax", "--blocksize=777")
    encode("wasted-24.flac", [[s * 256 for s in tone]], 24, 44100, "-5")
    encode("full-24.flac", [[s * 256 + q % 256 for s, q in zip(tone, hiss)]], 24, 48000, "-8")
    encode("left-side.flac", [tone, [s - q for s, q in zip(tone, quiet)]], 16, 16000, "-8")
    encode("right-side.flac", [[s + q for s, q in zip(tone, quiet)], tone], 16, 16000, "-8")
    encode("mid-side.flac", [[s // 2 + q for s, q in zip(tone, quiet)], [s // 2 - q for s, q in zip(tone, quiet)]], 16, 16000, "-8")
    encode("independent.flac", [tone, hiss], 16, 16000, "-8", "--no-mid-side")
