"""Nothing is approved that could not be written down."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]


def nothing_was_sent(truth: Truth) -> None:
    assert truth.entries("approval") == []
    truth.untouched_but([])
    truth.no_session_is_open()


def test_too_little_free_space_stops_before_kayit(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 2)
    truth = Truth(portal)
    run = make_operator(portal).run(FREE_SPACE=str(10**15))
    assert run.code >= 1, run.said
    assert [each["outcome"] for each in run.approvals] == ["failed"] * 2
    for each in run.approvals:
        assert "free space" in each["reason"]
        assert {"before", "form"} <= set(each["pictures"])
    nothing_was_sent(truth)
    truth.agrees_with(run)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte, where the rights allow to make one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip(f"no file system can be mounted: {made.stderr.decode(errors='replace').strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("what", ["run", "journal"])
def test_full_disk_stops_before_kayit(
    what: str, tiny_disk: Path, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 2)
    truth = Truth(portal)
    operator = make_operator(portal)
    if what == "run":
        run = operator.run(name=tiny_disk.name, FREE_SPACE="0")
    else:
        run = operator.run(JOURNAL=str(tiny_disk / "journal.sqlite"))
    assert run.code != 0, run.said
    if what == "journal":
        # The default asks for more room than this disk has.
        assert [each["outcome"] for each in run.approvals] == ["failed"] * 2, run.said
        nothing_was_sent(truth)
    # With nothing kept free, what could still be recorded may be sent; nothing twice, and no lie about it.
    assert all(number == 1 for number in truth.arrived.values())
    assert set(truth.recorded) <= {each["gorevlendirme_id"] for each in truth.pending}
    for each in run.approvals:
        assert each["outcome"] != "approved" or truth.id_of(each) in truth.recorded
    truth.no_session_is_open()
