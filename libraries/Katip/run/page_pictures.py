"""Pictures as evidence: where they go, what is covered in them, and how the log shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from robot.api import logger
from robot.utils import html_escape

from Katip.messages import msg
from Katip.reading.driver import Driver
from Katip.run.current_run import CurrentRun

_LIMIT = timedelta(seconds=8)  # the browser's own work, of no portal: a page of 10 000 rows takes two


class Pictures:
    """Takes the pictures of a run.

    Args:
        run: the run at work.
        driver: takes them.
        is_open: returns True where a browser is there to be pictured.
    """

    def __init__(self, run: CurrentRun, driver: Driver, is_open: Callable[[], object]) -> None:
        self._run = run
        self._driver = driver
        self._is_open = is_open

    def take(self, path: Path, caption: str) -> str | None:
        """Take a picture of what is seen, and show it in the log.

        Args:
            path: the PNG file to write.
            caption: what it shows, for the log.

        Returns:
            Its path relative to the run's folder, with ``/``; None if a dialog of the browser is open.
        """
        work = self._run.begun
        if work is None or not self._driver.picture(path, self._run.session.secrets, _LIMIT):
            return None
        work.evidence.picture_taken(path)
        relative = path.relative_to(work.folder).as_posix()
        shown = html_escape(relative)
        logger.info(
            f'{html_escape(caption)}<br><a href="{shown}" target="_blank"><img src="{shown}" alt="{html_escape(caption)}" '
            f'style="max-width: 900px; width: 100%; border: 1px solid #bbb"></a>',
            html=True,
        )
        return relative

    def of_failure(self, name: str) -> None:
        """Take the picture of a failure, where a page is there to be pictured.

        Args:
            name: the keyword that failed.
        """
        work = self._run.begun
        if work is None or not self._run.session.is_begun or not self._is_open():
            return
        if work.current is not None and work.current.result is not None:
            return  # its record is written, with the pictures that it had
        try:
            self.take(work.failure_path(), msg("{name}: what was seen when it failed", name=name))
        except Exception as error:  # a picture may never take the place of the failure that it is to show
            logger.debug(f"No picture of the failure: {error}")
