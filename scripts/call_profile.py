"""A Robot Framework listener that writes down every call to the browser's process: which, how long, how many bytes, in which task, from where.

python -m robot --listener scripts/call_profile.py:calls.jsonl …
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "libraries"))

from Katip.reading.driver import Driver  # noqa: E402 - found through the line above

_INNER = ("driver.py", "waiting.py", "reader.py", "call_profile.py", "session.py", "acting.py")
_FRAMES = 5


class call_profile:  # noqa: N801 - Robot Framework finds a listener by the name of its file
    """Listens to the run and to the driver.

    Args:
        path: the file to write, one call a line.
    """

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("w", encoding="utf-8")  # noqa: SIM115 - closed with the run
        self._task: dict[str, Any] = {"task": "", "contract": False}
        self._last = time.perf_counter()
        call = Driver._call
        listener = self

        def profiled(driver: Driver, name: str, subject: str = "context", **request: Any) -> Any:
            began = time.perf_counter()
            answer: Any = None
            try:
                answer = call(driver, name, subject, **request)
                return answer
            finally:
                ended = time.perf_counter()
                listener._note(name, request, began, ended, answer)
                listener._last = time.perf_counter()

        Driver._call = profiled  # type: ignore[method-assign,assignment]

    def _note(self, name: str, request: dict[str, Any], began: float, ended: float, answer: Any) -> None:
        told = {key: request[key] for key in ("changed", "still", "patience", "known", "url") if request.get(key)}
        look = answer if name == "katipLook" and isinstance(answer, dict) else {}
        line = {
            "call": name.removeprefix("katip"),
            **told,
            "ms": round((ended - began) * 1000, 1),
            "python_ms": round((began - self._last) * 1000, 1),
            "bytes": len(json.dumps(answer, ensure_ascii=False)),
            "same": bool(look.get("same")),
            **{key: look[key] for key in ("told", "busy", "quiet", "reads") if key in look},
            "mib": round(psutil.Process().memory_info().rss / 2**20),
            "at": _caller(),
            **self._task,
        }
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def start_test(self, data: Any, result: Any) -> None:
        """Note which task runs."""
        self._task = {"task": data.name, "contract": "contract" in result.tags}

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def summary(path: Path) -> str:
    """Return what a contract costs in calls to the browser's process.

    Args:
        path: what the listener wrote.
    """
    calls = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    mine = [call for call in calls if call["contract"]]
    tasks = len({call["task"] for call in mine}) or 1
    looks, still = _only(mine, call="Look"), [call for call in mine if "still" in call]

    readings = sum(look.get("reads", 1) for look in looks)

    def each(calls: list[dict[str, Any]], key: str) -> float:
        return float(sum(call[key] for call in calls)) / tasks

    return (
        f"  calls a contract: {len(mine) / tasks:.1f}, looks {len(looks) / tasks:.1f} ({readings / tasks:.1f} readings), "
        f"of these waits for stillness {len(still) / tasks:.1f}, "
        f"{each(looks, 'bytes') / 1000:.0f} kB; ms: looks {each(looks, 'ms'):.0f}, of these stillness {each(still, 'ms'):.0f}, "
        f"pictures {each(_only(mine, call='Picture'), 'ms'):.0f}, clicks {each(_only(mine, call='Click'), 'ms'):.0f}, "
        f"Python {each(mine, 'python_ms'):.0f}"
    )


def _only(calls: list[dict[str, Any]], call: str) -> list[dict[str, Any]]:
    return [each for each in calls if each["call"] == call]


def _caller() -> str:
    frame: FrameType | None = sys._getframe(3)
    found: list[str] = []
    while frame is not None and len(found) < _FRAMES:
        name = Path(frame.f_code.co_filename).name
        if name not in _INNER:
            found.append(f"{name.removesuffix('.py')}:{frame.f_lineno}:{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found)
