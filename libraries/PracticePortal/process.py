"""Start, use and stop the practice portal as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from PracticePortal.examples import EXAMPLE_WORKPLACE, NUMBER_VARIABLE, PASSWORD_VARIABLE, example_user
from PracticePortal.request_log import read_entries

_START_SECONDS = 20.0
_STOP_SECONDS = 5.0
_PACKAGE_PARENT = Path(__file__).resolve().parents[1]


class PortalProcess:
    """A practice portal in its own process and process group; a context manager that stops it.

    Args:
        skin: `plain`, `framed`, `legacy` or `today`.
        contracts: Give the example workplace this many contracts, all pending; None for its mixed 23 rows.
        folder: Where request log and state are kept; None for a folder that ends with this object.
        latency_ms: Milliseconds by which every answer is late.
        faults: Faults from the start, as `NAME[:key=value,…]`.
        ports: Ports of OSGB site, e-Devlet, KATİP; None for free ones. Needed to start a killed portal again.
        number: T.C. number of the example user; None for `PRACTICE_PORTAL_TCKN`, else the usual one.
        password: Password of the example user; None for `PRACTICE_PORTAL_PASSWORD`, else the usual one.
        look: How the skin `today` is built, as `NAME=VALUE`.

    Raises:
        RuntimeError: The portal did not start; the message holds what it said.

    Example:
        >>> with PortalProcess(skin="legacy", faults=["refusal"]) as portal:  # doctest: +SKIP
        ...     robot(portal.site_url)
        ...     assert portal.entries("approval") == []
    """

    def __init__(
        self,
        skin: str = "plain",
        contracts: int | None = None,
        folder: Path | None = None,
        latency_ms: int = 0,
        faults: Iterable[str] = (),
        ports: tuple[int, int, int] | None = None,
        number: str | None = None,
        password: str | None = None,
        look: Iterable[str] = (),
    ) -> None:
        self._own_folder = None
        if folder is None:
            self._own_folder = tempfile.TemporaryDirectory(prefix="practice-portal-", ignore_cleanup_errors=True)
            folder = Path(self._own_folder.name)
        folder.mkdir(parents=True, exist_ok=True)
        user = example_user()
        self.number = number or user.number
        self.password = password or user.password
        self.workplace = EXAMPLE_WORKPLACE.sgk
        self.log_path = folder / "practice-requests.jsonl"
        options = [f"--skin={skin}", f"--latency={latency_ms}"]
        options += [f"--log={self.log_path}", f"--state={folder / 'practice-state.sqlite'}"]
        options += [f"--contracts={contracts}"] if contracts is not None else []
        options += [f"--ports={','.join(map(str, ports))}"] if ports else []
        options += [f"--fault={fault}" for fault in faults]
        options += [f"--look={part}" for part in look]
        self._process = self._start(options)
        addresses = self._read_addresses()
        self.site_url = str(addresses["site_url"])
        self.edevlet_url = str(addresses["edevlet_url"])
        self.katip_url = str(addresses["katip_url"])
        self.control_url = str(addresses["control_url"])
        self.pid = int(addresses["pid"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def ports(self) -> tuple[int, int, int]:
        """Ports of OSGB site, e-Devlet and KATİP, as `ports` of another portal takes them."""
        site, edevlet, katip = (
            urllib.parse.urlsplit(url).port or 0 for url in (self.site_url, self.edevlet_url, self.katip_url)
        )
        return site, edevlet, katip

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process.poll() is None

    def entries(self, event: str | None = None) -> list[dict[str, Any]]:
        """Return the request log's entries, oldest first.

        Args:
            event: Only those of this event; None for all.
        """
        return [entry for entry in read_entries(self.log_path) if event in (None, entry["event"])]

    def contracts(self) -> list[dict[str, Any]]:
        """Return all contracts as they stand now, with `gorevlendirme_id`, `status`, `approved_by` and the rest."""
        found: list[dict[str, Any]] = self._control("GET", "/contracts")["contracts"]
        return found

    def state(self) -> dict[str, Any]:
        """Return skin, open sessions, faults, SMS code and captcha."""
        return self._control("GET", "/")

    def set_fault(self, name: str, **parameters: object) -> None:
        """Switch a fault on.

        Args:
            name: One of `faults.KINDS`.
            parameters: Any of at, times, nth, match, ms, text.

        Raises:
            ValueError: There is no such fault or parameter.
        """
        self._control("POST", "/faults", {"name": name} | parameters)

    def clear_faults(self, name: str | None = None) -> None:
        """Switch all faults off, or those of one name."""
        self._control("DELETE", f"/faults?name={name}" if name else "/faults")

    def reset(self) -> None:
        """Go back to the beginning: contracts, sessions and faults; the log goes on."""
        self._control("POST", "/reset", {})

    def stop(self) -> None:
        """End the portal in good order; does nothing if it has ended."""
        if self._process.stdin and not self._process.stdin.closed:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._clean_up()

    def kill(self) -> None:
        """End the portal at once, as a power failure would; its files stay until `stop`."""
        self._process.kill()
        self._process.wait()

    def _start(self, options: list[str]) -> subprocess.Popen[str]:
        # A process group of its own, or Ctrl+C in the console ends the portal before the robot has signed out.
        group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        search_path = os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
        environment = os.environ | {
            "PYTHONPATH": search_path,
            "PYTHONIOENCODING": "utf-8",
            NUMBER_VARIABLE: self.number,
            PASSWORD_VARIABLE: self.password,
        }
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        return subprocess.Popen(
            [sys.executable, "-m", "PracticePortal", "--exit-with-parent", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            encoding="utf-8",
            **group,
        )

    def _read_addresses(self) -> dict[str, Any]:
        # Reading blocks; ending the process ends the reading.
        watchdog = threading.Timer(_START_SECONDS, self._process.kill)
        watchdog.start()
        line = self._process.stdout.readline() if self._process.stdout else ""
        watchdog.cancel()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip()
            self._clean_up()
            raise RuntimeError(f"The practice portal was started but gave no address. It said: {said or 'nothing'}")
        addresses: dict[str, Any] = json.loads(line)
        return addresses

    def _clean_up(self) -> None:
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        if self._own_folder:
            self._own_folder.cleanup()

    def _control(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 (this process's own loopback address)
            self.control_url + path, data, {"Content-Type": "application/json"}, method=method
        )
        # A proxy from the environment does not know this machine's loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as response:
                answer: dict[str, Any] = json.load(response)
                return answer
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error).get("error", str(error))) from None
