"""The keyword library: `Library    PracticePortal`."""

from __future__ import annotations

import atexit
from datetime import timedelta
from pathlib import Path
from typing import Any

from robot.api.deco import keyword, library
from robot.api.types import Secret

from PracticePortal.example_list import write_example_list
from PracticePortal.examples import example_user
from PracticePortal.process import PortalProcess
from PracticePortal.screens import Skin


@library(scope="GLOBAL", doc_format="ROBOT")
class PracticePortal:
    """Keywords that start, watch and disturb the practice portal.

    Example:
    | ${portal} =    `Start Practice Portal`    skin=legacy
    | Log            ${portal}[site_url]
    | `Set Practice Fault`    refusal    nth=2
    | `Stop Practice Portal`
    """

    def __init__(self) -> None:
        self._process: PortalProcess | None = None

    @keyword
    def start_practice_portal(
        self,
        skin: Skin = Skin.PLAIN,
        contracts: int | None = None,
        folder: Path | None = None,
        latency: timedelta = timedelta(0),
        faults: list[str] | None = None,
        look: list[str] | None = None,
    ) -> dict[str, str]:
        """Start the portal as a process of its own; one that runs already is stopped first.

        Args:
            skin: How its pages are built: plain, framed, legacy or today.
            contracts: Give the example workplace this many contracts, all pending; not given: 23 rows, five pending.
            folder: Where request log and state are kept; not given: a folder that ends with the portal.
            latency: Time by which every answer is late.
            faults: Faults from the start, each as ``NAME[:key=value,…]``.
            look: How the skin today is built, each as ``NAME=VALUE``, e.g. ``table=virtual``.

        Returns:
            Dictionary with ``site_url``, ``edevlet_url``, ``katip_url``, ``log`` (path of the request log) and
            ``workplace`` (SGK number of the example workplace).

        Raises:
            RuntimeError: The portal did not start.

        Example:
        | ${portal} =    Start Practice Portal    framed    contracts=25    latency=100 ms
        """
        self.stop_practice_portal()
        milliseconds = round(latency.total_seconds() * 1000)
        self._process = PortalProcess(skin, contracts, folder, milliseconds, faults or (), look=look or ())
        atexit.register(self.stop_practice_portal)
        return {
            "site_url": self._process.site_url,
            "edevlet_url": self._process.edevlet_url,
            "katip_url": self._process.katip_url,
            "log": str(self._process.log_path),
            "workplace": self._process.workplace,
        }

    @keyword
    def stop_practice_portal(self) -> None:
        """Stop the portal; does nothing if none runs. Never fails.

        Example:
        | [Teardown]    Stop Practice Portal
        """
        if self._process:
            self._process.stop()
            self._process = None
            atexit.unregister(self.stop_practice_portal)

    @keyword
    def practice_user(self) -> tuple[Secret, Secret]:
        """Return T.C. number and password of the example user, as secrets that the log does not show. Never fails.

        Returns:
            Two ``Secret`` objects.

        Example:
        | ${number}    ${password} =    Practice User
        """
        user = example_user()
        return Secret(user.number), Secret(user.password)

    @keyword
    def practice_worklist(self, path: Path) -> str:
        """Write a list that decides "Onayla" for every pending contract, as a responsible person would hand it over.

        Args:
            path: The CSV file to write.

        Returns:
            The path.

        Raises:
            RuntimeError: No portal runs.

        Example:
        | ${list} =    Practice Worklist    ${TEMPDIR}/list.csv
        """
        process = self._running()
        write_example_list(path, process.contracts(), categories=process.state()["skin"] != Skin.TODAY)
        return str(path)

    @keyword
    def set_practice_fault(self, name: str, **parameters: str) -> None:
        """Switch a fault on while the portal runs.

        Args:
            name: The fault, e.g. ``session_loss``; ``python -m PracticePortal --help`` lists all.
            parameters: Any of ``at`` (step), ``times`` (0 = always), ``nth``, ``match`` (Görevlendirme ID),
                ``ms``, ``text``.

        Raises:
            RuntimeError: No portal runs.
            ValueError: There is no such fault or parameter; the message lists what there is.

        Example:
        | Set Practice Fault    session_loss    at=form    nth=2
        """
        self._running().set_fault(name, **parameters)

    @keyword
    def clear_practice_faults(self, name: str | None = None) -> None:
        """Switch all faults off, or those of one name.

        Args:
            name: Name of the fault; not given: all.

        Raises:
            RuntimeError: No portal runs.
            ValueError: There is no such fault.

        Example:
        | Clear Practice Faults
        """
        self._running().clear_faults(name)

    @keyword
    def reset_practice_portal(self) -> None:
        """Go back to the beginning: contracts, sessions and faults. The request log goes on.

        Raises:
            RuntimeError: No portal runs.

        Example:
        | Reset Practice Portal
        """
        self._running().reset()

    @keyword
    def practice_log(self, event: str | None = None) -> list[dict[str, Any]]:
        """Return the entries of the request log, oldest first.

        Args:
            event: Only entries of this event, e.g. ``approval``; not given: all.

        Returns:
            List of dictionaries with ``ts``, ``event`` and what is known of the event.

        Raises:
            RuntimeError: No portal runs.

        Example:
        | ${approvals} =    Practice Log    approval
        | Length Should Be    ${approvals}    5
        """
        return self._running().entries(event)

    @keyword
    def practice_state(self) -> dict[str, Any]:
        """Return what the portal's state is now.

        Returns:
            Dictionary with ``contracts`` (list), ``open_sessions``, ``faults``, ``skin``, ``sms_code``, ``captcha``.

        Raises:
            RuntimeError: No portal runs.

        Example:
        | ${state} =    Practice State
        | Should Be Empty    ${state}[open_sessions]
        """
        process = self._running()
        return process.state() | {"contracts": process.contracts()}

    def _running(self) -> PortalProcess:
        if self._process is None:
            raise RuntimeError(
                "The practice portal was to be used, but it is not running. Call 'Start Practice Portal' first."
            )
        return self._process
