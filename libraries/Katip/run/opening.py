"""Open what a run writes to: journal, evidence, approvals.json and the seal at its end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from robot.api import logger
from robot.libraries.BuiltIn import BuiltIn

from Katip.approvals.approvals_json import ApprovalsFile, RunHead
from Katip.approvals.decisions import ApproveAll, Authority, Listed, Nothing
from Katip.approvals.journal import Journal
from Katip.approvals.journal_records import NOT_BEGUN, JournalRun, new_run_id
from Katip.approvals.processes import end_left_processes
from Katip.approvals.rules_file import load_rules
from Katip.approvals.worklist import Worklist
from Katip.errors import FolderTaken, KatipError
from Katip.evidence.claim import claim_folder
from Katip.evidence.readiness import prepare_to_seal, unsealed_runs
from Katip.evidence.record import RunDescription
from Katip.evidence.run_evidence import RunEvidence
from Katip.evidence.seal_statement import is_sealed
from Katip.messages import msg
from Katip.package_files import results_folder
from Katip.portal import Portal
from Katip.run.context import RunContext
from Katip.run.exit import SealJob
from Katip.run.settings import RunSettings
from Katip.run.sign_in_way import SignIn
from Katip.run.work import Work

_LOG_FILES = ("${OUTPUT FILE}", "${LOG FILE}", "${REPORT FILE}")


@dataclass(frozen=True, slots=True)
class Orders:
    """What an operator ordered, as it was checked.

    Attributes:
        settings: the settings.
        worklist: the list that the responsible person filled in, or None.
        is_plan: True for a plan run, which approves nothing.
    """

    settings: RunSettings
    worklist: Worklist | None
    is_plan: bool

    def authority(self) -> Authority:
        """Return who says what may be approved."""
        if self.is_plan:
            return Nothing()
        if self.worklist is not None:
            return Listed(self.worklist, self.settings.workplaces or None)
        return ApproveAll() if self.settings.approve_all else Nothing()

    def workplaces(self, example: str) -> list[str]:
        """Return the SGK numbers of the workplaces that are to be visited, in their order.

        Args:
            example: the practice portal's example workplace, used where none is set; may be empty.
        """
        if self.settings.workplaces:
            return list(self.settings.workplaces)
        if self.worklist is not None:
            return list(self.worklist.workplaces)
        return [] if self.settings.every_workplace else [example] if example else []


#: Folders of the runs that this process has begun, by whichever instance of the library: each is sealed at its exit.
_BEGUN: Final[set[Path]] = set()


def refuse_second_run(folder: Path) -> None:
    """Refuse to begin a run where an earlier suite of the same execution of Robot keeps its own, which is sealed at the exit.

    Args:
        folder: the output folder.

    Raises:
        FolderTaken: The run in the folder is not sealed yet.
    """
    if folder in _BEGUN and not is_sealed(folder):
        raise FolderTaken(
            msg("Beginning a run"),
            msg("one run in an execution of Robot, since its log and its output folder are the evidence of one"),
            msg("the run of an earlier suite in {folder}, which stays as it is", folder=folder),
            msg("Start each suite by itself: robot -d results/NEW-NAME robots/approve.robot"),
        )


def open_work(orders: Orders, portal: Portal, journal_path: Path, context: RunContext) -> Work:
    """Open journal and evidence of a run, and have it sealed at the process's exit.

    Args:
        orders: what was set, and by which list it is decided.
        portal: the portal in use.
        journal_path: where the journal is.
        context: what the keywords of a run share.

    Returns:
        What the run keeps in mind.

    Raises:
        AlreadyRunning: Another run holds the journal.
        FolderTaken: The output folder holds a run that would be lost.
    """
    settings, worklist = orders.settings, orders.worklist
    folder = Path(BuiltIn().get_variable_value("${OUTPUT_DIR}"))
    run_id = new_run_id()
    started = datetime.now(UTC)
    authority = orders.authority()
    mode = "plan" if orders.is_plan else settings.mode.value
    key = prepare_to_seal(folder, journal_path.parent)
    if key.warning:
        logger.warn(f"{key.warning} ({key.kept_in})")
    if not portal.compares_picture:
        logger.warn(
            msg("The portal's file says [drawn] compare = false: texts are not compared with what the window shows.")
        )
    claim_folder(folder, journal_path.parent)
    worklist_digest = worklist.digest if worklist else None
    journal = Journal(
        journal_path, JournalRun(run_id, portal.origin, mode, authority.name, str(folder), worklist_digest)
    )
    try:
        for unsealed in unsealed_runs(journal):
            logger.warn(unsealed)
        for process in end_left_processes(journal):
            logger.info(msg("Ended what an earlier run left: {what} {pid}", what=process.what, pid=process.pid))
        origins = {"site": portal.site_url, "edevlet": portal.edevlet_url, "katip": portal.katip_url}
        info = RunDescription(
            run_id, started, mode, portal.name, origins, _arguments(settings), secrets=context.run.session.secrets
        )
        evidence = RunEvidence(folder, info)
        if settings.worklist is not None and worklist is not None:
            evidence.worklist(settings.worklist, content=worklist.content)
        approvals = ApprovalsFile(folder, RunHead(run_id, mode, started, portal.name, portal.origin))
        approvals.write()
    except BaseException:
        with suppress(KatipError):
            journal.end_run(NOT_BEGUN)
        journal.close()
        raise
    _BEGUN.add(folder)
    names = tuple(Path(str(BuiltIn().get_variable_value(name))).name for name in _LOG_FILES)
    context.sealing.job = SealJob(folder, journal_path.parent, settings.tsa_url, names, names[-1], key)
    return Work(
        settings,
        run_id,
        folder,
        started,
        authority,
        load_rules(),
        journal,
        evidence,
        approvals,
        worklist=worklist,
        is_plan=orders.is_plan,
    )


def journal_path(settings: RunSettings, results: str) -> Path:
    """Return where the journal of a run is.

    Args:
        settings: what was set.
        results: the folder of the journal, where the settings name none; empty for `results/`.
    """
    if settings.journal is not None:
        return settings.journal.resolve()
    if settings.starts_practice_portal:
        return Path(BuiltIn().get_variable_value("${OUTPUT_DIR}")).resolve() / "journal.sqlite"
    return (Path(results) if results else results_folder()).resolve() / "journal.sqlite"


def _arguments(settings: RunSettings) -> list[str]:
    """Return what was set, as an auditor reads it; secrets are never among the settings."""
    given = {
        "PORTAL": settings.portal,
        "WORKPLACE": "all" if settings.every_workplace else ",".join(settings.workplaces),
        "APPROVE": "all" if settings.approve_all else "",
        "WORKLIST": settings.worklist.name if settings.worklist else "",
        "MODE": settings.mode.value,
        "RETRIES": str(settings.retries),
        "SIGN_IN": str(settings.sign_in or ""),
    }
    if settings.sign_in is not SignIn.ATTACH:
        given |= {"BROWSER": settings.browser, "HEADLESS": str(settings.is_headless).lower()}
    given |= {key.upper(): url for key, url in settings.addresses}
    return [f"{key}:{value}" for key, value in given.items() if value]
