"""What is written down while a run goes on: one folder a contract, and the run's own facts.

Every record is on the disk when the call that wrote it returns, so that what is about to be approved can always be
evidenced.
Names and everything else about persons stand in `personal.json` beside each record; the record holds their salted
digests, so it still proves
them while they are kept and still verifies when they were deleted (KVKK 6698 md. 7).
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from Katip.errors import CannotRecord
from Katip.evidence import layout
from Katip.evidence.files import file_digest, write_json, write_synced
from Katip.evidence.layout import Stage
from Katip.evidence.pictures import PictureWorker
from Katip.evidence.privacy import new_salt, salted_digest
from Katip.evidence.versions import machine, operator, versions
from Katip.masking import masked, without_secrets
from Katip.messages import msg
from Katip.model import Outcome

#: The clauses of DOK.10.01 rev 05, part 5, that an approval goes through.
CLAUSE_NUMBERS: Final = tuple(f"5.{number}" for number in range(1, 11))
#: The clauses whose evidence is in the contracts' own folders, with the pictures that show them.
CONTRACT_CLAUSES: Final = {"5.8": (Stage.BEFORE,), "5.9": (Stage.FORM, Stage.OK), "5.10": (Stage.AFTER,)}


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is known of a run when it begins.

    Attributes:
        id: the run's name, ASCII, for example ``20260301T093000Z-4f2a``.
        started: when, with a time zone.
        mode: ``approve``, ``rehearse`` or ``plan``.
        portal: the portal's name, for example ``practice``.
        origins: its addresses by role (``site``, ``edevlet``, ``katip``).
        arguments: the command line or the variables given; values of secrets are removed here once more.
        versions: name to version; by default those of Python, the system and the packages.
        operator: the account that the robot runs under.
        machine: the machine's name.
        secrets: exact texts that may stand nowhere (number, password); kept in memory only.
    """

    id: str
    started: datetime
    mode: str
    portal: str
    origins: Mapping[str, str]
    arguments: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=versions)
    operator: str = field(default_factory=operator)
    machine: str = field(default_factory=machine)
    secrets: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """On whose decision a contract was dealt with.

    Attributes:
        source: ``worklist``, ``all`` (APPROVE:all), ``none`` (not on the list) or ``nobody`` (a plan run).
        choice: "Karar" as written, for example ``Onayla``.
        by: "Karar Veren".
        on: "Karar Tarihi".
        row: the row in the worklist's file, as a spreadsheet counts.
        digest: SHA-256 of the worklist's file.
    """

    source: str
    choice: str = ""
    by: str = ""
    on: date | None = None
    row: int | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """What a rule says of a contract.

    Attributes:
        rule: the rule's name, for example ``statutory_minutes``.
        level: ``hold``, ``warn`` or ``info``.
        text: the finding as a sentence.
    """

    rule: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of one approval.

    Attributes:
        state: for example ``selected``, ``form_open``, ``about_to_submit``, ``submitted``, ``reread``.
        at: when, with a time zone.
    """

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """Everything that is written down about one contract; written again as more becomes known.

    Attributes:
        workplace: the SGK number, digits.
        category: "Personel Kategorisi" as shown.
        start: "Grv. Başlama Trh.".
        gorevlendirme_id: "Görevlendirme ID" where the form was seen.
        minutes: "Ayl. Çlş. Süresi (Dk)" where the form was seen.
        outcome: what became of it; None as long as that is open.
        code: the code of the error that stopped it, for example ``KTP-520``.
        decision: on whose decision.
        findings: what the rules say.
        transitions: every step so far.
        status_before: "Grv. Onay Durumu" of the row before, as shown.
        status_after: the same of the row as it was read again; empty if it was not.
        saved_on: the origin of the page and frame in which "Kayıt" was pressed; empty if it was not.
        reread_at: when the row was read again.
        missing_pictures: stage to the reason why it has no picture (for example that the window was the browser's own).
        recovered_from: the run that had left this contract open.
        name: "Adı Soyadı" [personal].
        title: the workplace's title, which can be a person's name [personal].
        reason: why this outcome, in the language of the run [personal].
        reason_tr: the same in Turkish [personal].
        reason_en: the same in English [personal].
        message: the small window's words [personal].
        row_before: every cell of the row before, by header [personal].
        form: every field of the form, by label [personal].
        row_after: every cell of the row as it was read again [personal].
    """

    workplace: str
    category: str = ""
    start: date | None = None
    gorevlendirme_id: str | None = None
    minutes: int | None = None
    outcome: Outcome | None = None
    code: str = ""
    decision: DecisionTaken | None = None
    findings: Sequence[RuleFinding] = ()
    transitions: Sequence[Transition] = ()
    status_before: str = ""
    status_after: str = ""
    saved_on: str = ""
    reread_at: datetime | None = None
    missing_pictures: Mapping[Stage, str] = field(default_factory=dict)
    recovered_from: str | None = None
    name: str = ""
    title: str = ""
    reason: str = ""
    reason_tr: str = ""
    reason_en: str = ""
    message: str | None = None
    row_before: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    row_after: Mapping[str, str] = field(default_factory=dict)


#: The fields of a `ContractRecord` that go into `personal.json`; their salted digests go into `record.json`.
PERSONAL_FIELDS: Final = (
    "name",
    "title",
    "reason",
    "reason_tr",
    "reason_en",
    "message",
    "row_before",
    "form",
    "row_after",
)
#: Personal too, though they stand inside other values: who decided, a rule's sentence, why a picture is missing.
_DECIDED_BY: Final = "decided_by"
_FINDING_TEXTS: Final = "findings"
_WHY_MISSING: Final = "missing_pictures"


def moment(when: datetime) -> dict[str, str]:
    """Return a time as records hold it.

    Args:
        when: a time with a time zone.

    Returns:
        ``utc`` and ``local``, both ISO 8601 to the millisecond.
    """
    return {
        "utc": when.astimezone(UTC).isoformat(timespec="milliseconds"),
        "local": when.astimezone().isoformat(timespec="milliseconds"),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


class ContractEvidence:
    """The folder of one contract.

    Args:
        run_folder: the run's folder.
        index: the contract's place in approvals.json, from 1.
        secrets: exact texts that may stand nowhere.
        pictures: makes the pictures smaller; None where nobody does.
    """

    def __init__(
        self, run_folder: Path, index: int, secrets: Sequence[str] = (), pictures: PictureWorker | None = None
    ) -> None:
        self.index = index
        self._pictures = pictures
        self._run_folder = run_folder
        self._folder = run_folder / layout.contract_folder(index)
        self._secrets = tuple(secrets)
        self._salt = new_salt()

    def picture_path(self, stage: Stage | str) -> Path:
        """Say where the picture of a stage belongs; the folder is there when this returns.

        Args:
            stage: ``before``, ``form``, ``ok``, ``after`` or ``failure``.

        Returns:
            The absolute path of a PNG file that is not there yet.

        Raises:
            CannotRecord: if the folder cannot be made.
        """
        self._make(self._folder)
        return self._folder / Stage(stage).file_name

    def printout_stem(self) -> Path:
        """Say where the contract's print-out ("Sözleşme Yazdır") belongs: apart from the records, to be deleted first.

        Returns:
            The absolute path without a suffix, which is that of the file as the portal gives it; no such file is there yet.

        Raises:
            CannotRecord: if the folder cannot be made.
        """
        folder = self._run_folder / layout.PRINTOUTS
        self._make(folder)
        return folder / f"{self.index:03d}"

    def pictures(self) -> dict[str, str]:
        """Return the pictures that are there.

        Returns:
            Stage to the path relative to the run's folder, with ``/``: what approvals.json shows.
        """
        folder = layout.contract_folder(self.index)
        return {
            stage.value: f"{folder}/{stage.file_name}" for stage in Stage if (self._folder / stage.file_name).is_file()
        }

    def write(self, record: ContractRecord) -> None:
        """Write down what is known of the contract by now; on the disk when this returns.

        Args:
            record: all that is known, also what was written before.

        Raises:
            CannotRecord: if it could not be written: then nothing may be approved.

        Example:
            >>> evidence.write(ContractRecord(workplace="29999010199999010999932000", name="Ayşe Örnek"))  # doctest:
            +SKIP
        """
        if self._pictures is not None:
            self._pictures.finish(self._folder)
        values = masked(_plain(record), self._secrets)
        personal = self._take_personal(values)
        values = {
            "schema": "katip/record/1",
            "index": self.index,
            **values,
            "pictures": {stage: self._picture(path) for stage, path in self.pictures().items()},
            "printout": self._printout_entry(),
            "personal": {name: salted_digest(self._salt, name, value) for name, value in personal.items()},
        }
        # The personal part first: a record without it would look purged, the other way round is written again.
        write_json(
            self._folder / layout.PERSONAL, {"schema": "katip/personal/1", "salt": self._salt, "fields": personal}
        )
        write_json(self._folder / layout.RECORD, values)

    def _take_personal(self, values: dict[str, Any]) -> dict[str, Any]:
        personal = {name: values.pop(name) for name in PERSONAL_FIELDS}
        if values["decision"]:
            personal[_DECIDED_BY] = values["decision"].pop("by")
        personal[_FINDING_TEXTS] = [finding.pop("text") for finding in values["findings"]]
        personal[_WHY_MISSING] = values["missing_pictures"]
        values["missing_pictures"] = sorted(values["missing_pictures"])
        return personal

    def _picture(self, path: str) -> dict[str, str]:
        return {"path": path, "sha256": self._digest(self._run_folder / path)}

    def _printout_entry(self) -> dict[str, str] | None:
        kept = sorted((self._run_folder / layout.PRINTOUTS).glob(f"{self.index:03d}.*"))
        return self._picture(kept[0].relative_to(self._run_folder).as_posix()) if kept else None

    def _digest(self, path: Path) -> str:
        try:
            return file_digest(path)
        except OSError as error:
            raise CannotRecord(msg("Reading a picture for the record"), path.name, str(error)) from error

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotRecord(
                msg("Making the contract's folder"),
                msg("a folder {folder} that can be made", folder=folder),
                str(error.strerror or error),
                msg("Make space or choose another output folder."),
            ) from error


class RunEvidence:
    """The evidence of one run, under ``evidence/`` in its folder.

    Args:
        run_folder: the run's folder (Robot's OUTPUTDIR); `Katip.evidence.claim_folder` has seen to it that no earlier
            evidence is in it.
        run_info: what is known of the run.

    Raises:
        CannotRecord: if nothing can be written there.

    Example:
        >>> evidence = RunEvidence(Path("results/run1"), info)  # doctest: +SKIP
        >>> evidence.clause("5.1", "5.1 Open the OSGB site", note="http://127.0.0.1:8000")  # doctest: +SKIP
    """

    def __init__(self, run_folder: Path, run_info: RunInfo) -> None:
        self.folder = run_folder
        self.info = run_info
        self._secrets = tuple(run_info.secrets)
        self._salt = new_salt()
        self._pictures = PictureWorker()
        self._clauses: list[dict[str, Any]] = []
        self._contracts: dict[int, ContractEvidence] = {}
        self._worklists: list[dict[str, str]] = []
        self._notes: dict[str, Any] = {}
        self._finished: datetime | None = None
        self._clock_offset: float | None = None
        self._personal: dict[str, Any] = {
            "operator": run_info.operator,
            "machine": run_info.machine,
            "arguments": without_secrets(run_info.arguments, self._secrets),
            "logins": [],
            "worklist_names": [],
            "clause_notes": [],
        }
        # Records can come from a signal's handler while another is being written.
        self._writing = threading.RLock()
        self._write_run()
        self._write_clauses()

    def clause(self, number: str, task: str, picture: Path | None = None, note: str = "", origin: str = "") -> None:
        """Write down the evidence of one clause of DOK.10.01.

        The contracts' own clauses 5.8 to 5.10 are taken from their records; call this for them only where there is
        something besides.

        Args:
            number: ``5.1`` to ``5.10``.
            task: the name of the task that carried it out; it may hold no person's name.
            picture: a picture under the run's folder, or None.
            note: for example the address that was opened [personal].
            origin: the origin of the page that was seen then: scheme, host and port.

        Raises:
            CannotRecord: if it could not be written.
        """
        if number not in CLAUSE_NUMBERS:
            raise ValueError(
                msg(
                    'A clause is one of {clause_numbers}, not "{number}".',
                    clause_numbers=", ".join(CLAUSE_NUMBERS),
                    number=number,
                )
            )
        with self._writing:
            self._clauses.append(
                {
                    "clause": number,
                    "task": masked(task, self._secrets),
                    "picture": self._relative(picture),
                    "origin": origin,
                    "at": moment(datetime.now(UTC)),
                }
            )
            self._personal["clause_notes"].append(masked(note, self._secrets))
            self._write_run()
            self._write_clauses()

    def clause_picture_path(self, number: str) -> Path:
        """Say where a picture of a clause belongs that is not about one contract.

        Args:
            number: ``5.1`` to ``5.10``.

        Returns:
            The absolute path of a PNG file; the folder is there when this returns.
        """
        folder = self.folder / layout.EVIDENCE / "clauses"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{number.replace('.', '-')}.png"

    def contract(self, index: int) -> ContractEvidence:
        """Return the folder of a contract.

        Args:
            index: its place in approvals.json, from 1.

        Returns:
            The same object for the same index.
        """
        with self._writing:
            if index not in self._contracts:
                self._contracts[index] = ContractEvidence(self.folder, index, self._secrets, self._pictures)
            return self._contracts[index]

    def login_record(self, date: str, ip: str) -> None:
        """Write down what the home page says of this sign-in (5.6).

        Args:
            date: the date and time as shown.
            ip: the IP address as shown.

        Raises:
            CannotRecord: if it could not be written.
        """
        with self._writing:
            self._personal["logins"].append(masked({"when": date, "ip": ip}, self._secrets))
            self._write_run()

    def worklist(self, path: Path, kind: str = "applied", content: bytes | None = None) -> str:
        """Keep a copy of a worklist: the one that is applied, or the one that a plan run wrote.

        Args:
            path: the file.
            kind: ``applied`` or ``planned``.
            content: the bytes that were read and checked; read from the file where not given.

        Returns:
            The file's SHA-256.

        Raises:
            CannotRecord: if it could not be copied.
        """
        with self._writing:
            name = f"{layout.WORKLIST}/{kind}{path.suffix.lower()}"
            try:
                data = path.read_bytes() if content is None else content
            except OSError as error:
                raise CannotRecord(
                    msg("Keeping a copy of the worklist"), msg("the file {path}", path=path), str(error)
                ) from error
            write_synced(self.folder / name, data)
            digest = file_digest(self.folder / name)
            self._worklists.append({"kind": kind, "path": name, "sha256": digest})
            self._personal["worklist_names"].append(masked(path.name, self._secrets))
            self._write_run()
            return digest

    def note_run(self, **values: Any) -> None:
        """Write down a fact of the run that became known later, such as the browser's version.

        Args:
            values: name to value as JSON; no personal data.

        Raises:
            CannotRecord: if it could not be written.
        """
        with self._writing:
            self._notes.update(masked(values, self._secrets))
            self._write_run()

    def picture_taken(self, path: Path) -> None:
        """Have a picture made smaller beside the run, without a change to its pixels or its name.

        Args:
            path: the PNG file.
        """
        self._pictures.add(path)

    def note_clock(self, ahead: float | None) -> None:
        """Write down how far this machine's clock is ahead of the portal's, where that is known and new.

        Args:
            ahead: seconds, or None.

        Raises:
            CannotRecord: if it could not be written.
        """
        rounded = None if ahead is None else round(ahead, 1)
        with self._writing:
            if rounded is not None and rounded != self._clock_offset:
                self._clock_offset = rounded
                self._write_run()

    def finish(self, finished: datetime | None = None) -> None:
        """Write clause table, manifest, report and workbook; call it before Robot's own files are written.

        Args:
            finished: when the run ended; now by default.

        Raises:
            CannotRecord: if they could not be written.
        """
        from Katip.evidence.completion import complete_evidence

        with self._writing:
            self._finished = finished or datetime.now(UTC)
            self._write_run()
            complete_evidence(self.folder, self._pictures.printed(self.folder))
            self._pictures.close()

    def _write_run(self) -> None:
        write_json(
            self.folder / layout.RUN_PERSONAL,
            {"schema": "katip/personal/1", "salt": self._salt, "fields": self._personal},
        )
        info = self.info
        values = {
            "schema": "katip/run/1",
            "id": info.id,
            "started": moment(info.started),
            "finished": moment(self._finished) if self._finished else None,
            "mode": info.mode,
            "portal": {"name": info.portal, "origins": dict(info.origins)},
            "versions": dict(info.versions),
            "clock_offset": self._clock_offset,
            "worklists": self._worklists,
            "notes": self._notes,
            "personal": {name: salted_digest(self._salt, name, value) for name, value in self._personal.items()},
        }
        write_json(self.folder / layout.RUN, masked(values, self._secrets))

    def _write_clauses(self) -> None:
        write_json(self.folder / layout.CLAUSES, {"schema": "katip/clauses/1", "entries": self._clauses})

    def _relative(self, picture: Path | None) -> str | None:
        return picture.relative_to(self.folder).as_posix() if picture else None
