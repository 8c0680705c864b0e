"""What the keywords of a run are given: the run at work, the pages, and what accompanies the run."""

from __future__ import annotations

from dataclasses import dataclass

from Katip.procedure.navigation import Navigation
from Katip.procedure.pages import Pages
from Katip.procedure.renewal import Renewal
from Katip.run.current_run import CurrentRun
from Katip.run.exit import SealAtExit
from Katip.run.page_pictures import Pictures
from Katip.run.progress import Progress
from Katip.run.run_browser import RunBrowser
from Katip.run.stopping import Stopping
from Katip.run.tasks import TaskWeaver
from Katip.session import Session


@dataclass(frozen=True, slots=True)
class RunContext:
    """What the keywords of a run share; the library puts it together.

    Attributes:
        run: the run at work.
        pages: the pages of the procedure.
        navigation: comes back to a page in the same session.
        renewal: comes back in a fresh page or session.
        browser: the run's browser.
        stopping: keeps signals back.
        pictures: takes the pictures.
        weaver: adds tasks to the suite.
        progress: says at the console what became of each contract.
        sealing: seals the run at the process's exit.
    """

    run: CurrentRun
    pages: Pages
    navigation: Navigation
    renewal: Renewal
    browser: RunBrowser
    stopping: Stopping
    pictures: Pictures
    weaver: TaskWeaver
    progress: Progress
    sealing: SealAtExit

    @property
    def session(self) -> Session:
        """The session of the run at work."""
        return self.run.session.session
