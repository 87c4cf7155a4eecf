"""Speak text with espeak-ng in process, and report when each word was said.

espeak-ng's library (1.51) is called through ctypes because only the library
reports word events; its command line tool does not. The result is 16 kHz mono
audio, trimmed around the speech, with the time span of every word.
"""

import ctypes
import ctypes.util
from dataclasses import dataclass

import numpy as np
from scipy.signal import resample_poly

SAMPLE_RATE = 16000
VOICES = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "f1", "f2", "f3", "f4", "f5"]
ESPEAK_LANGUAGE = {
    "en-US": "en-us",
    "es-ES": "es",
    "de-DE": "de",
    "fr-FR": "fr",
    "it-IT": "it",
    "zh-CN": "cmn",
}

_OUTPUT_SYNCHRONOUS = 2
_POSITION_CHARACTER = 1
_CHARS_UTF8 = 1
_PARAMETER_RATE = 1
_PARAMETER_PITCH = 3
_EVENT_LIST_TERMINATED = 0
_EVENT_WORD = 1

# Samples below this share of the clip's peak count as silence: 46 dB down,
# under the softest fricative and above the tail of the resampling filter.
_SILENCE_SHARE = 0.005
_MARGIN_SECONDS = 0.05


class _EventId(ctypes.Union):
    _fields_ = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_SynthCallback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass
class WordEvent:
    """One word as espeak announced it: a character offset in the text and a start in seconds."""

    position: int
    length: int
    start: float


@dataclass
class Speech:
    """A spoken sentence: samples in [-1, 1] at 16 kHz and its word events in time order."""

    samples: np.ndarray
    events: list


class Synthesizer:
    """One espeak-ng instance. The library is a process-wide singleton, so make only one."""

    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._libc = ctypes.CDLL(ctypes.util.find_library("c"))
        self._blocks = []
        self._events = []
        self._callback = _SynthCallback(self._receive)  # kept alive for the C side
        self._native_rate = self._library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 500, None, 0)
        if self._native_rate <= 0:
            raise RuntimeError("espeak-ng could not be initialized")
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples, count, events):
        if count > 0:
            self._blocks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type != _EVENT_LIST_TERMINATED:
            event = events[index]
            if event.type == _EVENT_WORD:
                self._events.append((event.text_position, event.length, event.audio_position_ms))
            index += 1
        return 0

    def speak(self, language, text, voice, rate_wpm, pitch):
        """Speak `text` and return a Speech whose peak is 1."""
        name = f"{ESPEAK_LANGUAGE[language]}+{voice}".encode()
        if self._library.espeak_SetVoiceByName(name) != 0:
            raise ValueError(f"espeak-ng has no voice {name.decode()}")
        self._library.espeak_SetParameter(_PARAMETER_RATE, rate_wpm, 0)
        self._library.espeak_SetParameter(_PARAMETER_PITCH, pitch, 0)
        # espeak draws breath noise from rand(); a fixed seed makes a clip
        # depend on its own settings and not on what was spoken before it.
        self._libc.srand(1)
        self._blocks.clear()
        self._events.clear()
        encoded = text.encode()
        self._library.espeak_Synth(
            encoded, len(encoded) + 1, 0, _POSITION_CHARACTER, 0, _CHARS_UTF8, None, None
        )
        self._library.espeak_Synchronize()
        return _trim(np.concatenate(self._blocks), self._native_rate, self._events)


def _trim(native, native_rate, raw_events):
    """Resample to 16 kHz, cut the silence around the speech, and shift the events with it."""
    divisor = np.gcd(SAMPLE_RATE, native_rate)
    samples = resample_poly(
        native.astype(np.float64) / 32768, SAMPLE_RATE // divisor, native_rate // divisor
    )
    loud = np.flatnonzero(np.abs(samples) > _SILENCE_SHARE * np.abs(samples).max())
    margin = int(_MARGIN_SECONDS * SAMPLE_RATE)
    first = max(0, int(loud[0]) - margin)
    last = min(len(samples), int(loud[-1]) + 1 + margin)
    samples = samples[first:last]
    offset = first / SAMPLE_RATE
    events = [
        WordEvent(position - 1, length, max(0.0, milliseconds / 1000 - offset))
        for position, length, milliseconds in raw_events
    ]
    return Speech(samples / np.abs(samples).max(), events)
