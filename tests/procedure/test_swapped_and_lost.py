"""What is exchanged or lost on the disk while a run is at work: the list that was checked, the folder of the run."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.procedure.in_process import LocalOperator
from tests.procedure.listening import After

MakeOperator = Callable[..., LocalOperator]
_HEADINGS = "SGK Sicil No;Adı Soyadı;Görevlendirme ID;Karar;Karar Veren;Karar Tarihi"


def a_list(truth: Truth, approve: set[str]) -> bytes:
    """A list of all pending contracts that says "Onayla" of some of them."""
    today = f"{date.today():%d.%m.%Y}"
    rows = [
        f"{each['sgk']};{each['name']};{each['gorevlendirme_id']};"
        f"{'Onayla' if each['gorevlendirme_id'] in approve else 'Beklet'};Zeynep Örnek;{today}"
        for each in truth.pending
    ]
    return "\r\n".join([_HEADINGS, *rows, ""]).encode("utf-8-sig")


def test_list_that_is_swapped_after_it_was_checked_decides_nothing_and_is_not_kept(
    start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path
) -> None:
    portal = start_portal("plain", 2)
    truth = Truth(portal)
    decided, other = (each["gorevlendirme_id"] for each in truth.pending)
    checked, swapped = a_list(truth, {decided}), a_list(truth, {other})
    path = tmp_path / "liste.csv"
    path.write_bytes(checked)
    swap = After("Check Settings", lambda: path.write_bytes(swapped))
    run = make_operator(portal).run(APPROVE="", WORKLIST=str(path), listener=swap)
    assert swap.is_done
    assert run.code == 0, run.said
    assert truth.recorded == [decided]
    kept = run.folder / "evidence/worklist/applied.csv"
    assert kept.read_bytes() == checked
    digest = hashlib.sha256(checked).hexdigest()
    (listed,) = json.loads((run.folder / "evidence/run.json").read_text("utf-8"))["worklists"]
    assert listed["sha256"] == digest
    for index in (1, 2):
        record = json.loads((run.folder / f"evidence/contracts/{index:03d}/record.json").read_text("utf-8"))
        assert record["decision"]["digest"] == digest
    assert run.verify().returncode == 0


def vanish(folder: Path) -> None:
    shutil.rmtree(folder)


def lose_the_records(folder: Path) -> None:
    shutil.rmtree(folder / "evidence")


@pytest.mark.parametrize("lose", [vanish, lose_the_records])
def test_a_run_whose_folder_is_lost_presses_kayit_no_more(
    lose: Callable[[Path], None], start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path
) -> None:
    portal = start_portal("plain", 3)
    truth = Truth(portal)
    loss = After("contract-001", lambda: lose(tmp_path / "lost"))
    run = make_operator(portal).run(name="lost", listener=loss)
    stopped_before_the_next(truth, loss)
    assert run.code != 0, run.said


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC], ids=["read-only", "full"])
def test_a_run_whose_folder_takes_nothing_more_presses_kayit_no_more(
    code: int, start_portal: StartPortal, make_operator: MakeOperator, tmp_path: Path
) -> None:
    """Played where files are made, since tests that run as root can write to every folder."""
    portal = start_portal("plain", 3)
    truth = Truth(portal)
    folder = tmp_path / "lost"
    loss = After("contract-001", lambda: None)
    real = tempfile.mkstemp

    def refused(*args: object, **kwargs: object) -> tuple[int, str]:
        if loss.is_done and Path(str(kwargs.get("dir"))).is_relative_to(folder):
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)  # type: ignore[call-overload,no-any-return]

    with mock.patch.object(tempfile, "mkstemp", refused):
        run = make_operator(portal).run(name="lost", listener=loss)
    stopped_before_the_next(truth, loss)
    assert run.code != 0, run.said


def stopped_before_the_next(truth: Truth, loss: After) -> None:
    """The portal's own log shows the one approval from before the loss, and that the session ended."""
    assert loss.is_done
    assert len(truth.entries("approval")) == 1
    assert len(truth.recorded) == 1
    truth.untouched_but(truth.recorded)
    assert truth.entries("forbidden_action") == []
    truth.no_session_is_open()
