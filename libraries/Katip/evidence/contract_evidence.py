"""Write the record and the personal part of one contract into its folder.

A record is on the disk when the call that wrote it returns, so that what is about to be approved can be proved later.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from Katip.errors import CannotRecord
from Katip.evidence import layout
from Katip.evidence.files import file_digest, write_json
from Katip.evidence.pictures import PictureWorker
from Katip.evidence.privacy import new_salt, salted_digest
from Katip.evidence.record import PERSONAL_FIELDS, ContractRecord, moment
from Katip.masking import masked
from Katip.messages import msg
from Katip.model import PictureStage
from Katip.system_words import system_words

#: Personal too, though they stand inside other values: who decided, a rule's sentence, why a picture is missing.
_DECIDED_BY: Final = "decided_by"
_FINDING_TEXTS: Final = "findings"
_WHY_MISSING: Final = "missing_pictures"


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

    def picture_path(self, stage: PictureStage | str) -> Path:
        """Return the path for the picture of a stage; its folder is created.

        Args:
            stage: ``before``, ``form``, ``ok``, ``after`` or ``failure``.

        Returns:
            The absolute path of a PNG file that is not there yet.

        Raises:
            CannotRecord: if the folder cannot be made.
        """
        self._make(self._folder)
        return self._folder / PictureStage(stage).file_name

    def printout_stem(self) -> Path:
        """Return the path for the contract's print-out ("Sözleşme Yazdır"): apart from the records, since it is deleted first.

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
            stage.value: f"{folder}/{stage.file_name}"
            for stage in PictureStage
            if (self._folder / stage.file_name).is_file()
        }

    def write(self, record: ContractRecord) -> None:
        """Write the contract's record; it is on the disk when this returns.

        Args:
            record: all that is known, also what was written before.

        Raises:
            CannotRecord: if it could not be written: then nothing may be approved.

        Example:
            >>> evidence.write(record)  # doctest: +SKIP
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
            raise CannotRecord(msg("Reading a picture for the record"), path.name, system_words(error)) from error

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotRecord(
                msg("Making the contract's folder"),
                msg("a folder {folder} that can be made", folder=folder),
                system_words(error),
                msg("Make space or choose another output folder."),
            ) from error
