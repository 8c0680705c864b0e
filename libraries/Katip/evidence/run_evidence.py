"""Write what becomes known of a run while it goes on, and complete its evidence at the end."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from Katip.errors import CannotRecord
from Katip.evidence import layout
from Katip.evidence.clauses import CLAUSE_NUMBERS
from Katip.evidence.completion import complete_evidence
from Katip.evidence.contract_evidence import ContractEvidence
from Katip.evidence.files import file_digest, write_json, write_synced
from Katip.evidence.pictures import PictureWorker
from Katip.evidence.privacy import new_salt, salted_digest
from Katip.evidence.record import RunDescription, moment
from Katip.masking import masked, without_secrets
from Katip.messages import msg
from Katip.system_words import system_words


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

    def __init__(self, run_folder: Path, run_info: RunDescription) -> None:
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
        """Return the path for a picture of a clause that is not about one contract.

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
                    msg("Keeping a copy of the worklist"), msg("the file {path}", path=path), system_words(error)
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
