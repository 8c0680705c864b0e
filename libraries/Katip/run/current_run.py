"""The run at work, for everything that is built before a run begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from Katip.current_session import CurrentSession
from Katip.errors import ConfigurationError
from Katip.messages import msg
from Katip.model import Contract
from Katip.run.work import Work


@dataclass(slots=True)
class CurrentRun:
    """Holds what the run at work keeps in mind; there is none before `Begin Run`.

    Attributes:
        session: its session.
        begun: what it keeps in mind, or None.
    """

    session: CurrentSession
    begun: Work | None = None

    @property
    def work(self) -> Work:
        """What the run keeps in mind.

        Raises:
            ConfigurationError: if no run was begun.
        """
        if self.begun is None:
            raise ConfigurationError(
                msg("Carrying on with a run"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self.begun

    @property
    def folder(self) -> Path:
        """The run's output folder.

        Raises:
            ConfigurationError: if no run was begun.
        """
        if self.begun is None:
            raise ConfigurationError(
                msg("Adding to the evidence"),
                msg("a run that was begun"),
                msg("none"),
                msg("Call `Check Settings` and `Begin Run` first."),
            )
        return self.begun.folder

    def retries(self) -> int | None:
        """Return how often a step is tried again; None where no run is at work."""
        return None if self.begun is None or self.begun.ended else self.begun.settings.retries

    def twins_of(self, contract: Contract) -> int:
        """Return how many rows of a contract's identity the last full reading knew; 2 where there was none.

        Args:
            contract: the contract.
        """
        return self.begun.twins_of(contract) if self.begun else 2
