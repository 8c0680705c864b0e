"""A portal that is not as expected: nothing is guessed, and the message says what is seen instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator

MakeOperator = Callable[..., Operator]


def own_portal(folder: Path, labels: str) -> str:
    path = folder / "kendi.toml"
    path.write_text(f'extends = "practice"\nname = "kendi"\n\n[labels]\n{labels}\n', "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("labels", "clause", "code", "named"),
    [
        ('contracts = ["Sözleşmelerimiz"]', "5.7", "KTP-1", ["Sözleşmelerimiz"]),
        ('sign_in = ["Sisteme Giriş Yap", "İptal Et"]', "5.3", "KTP-111", ["Sisteme Giriş Yap", "İptal Et"]),
        ('contracts = ["Stajyerler", "Dosyalar"]', "5.7", "KTP-111", ["Stajyerler", "Dosyalar"]),
        ('isg_katip = ["İSG Kitap"]', "5.1", "KTP-102", ["OSGB sitesi", "İSG Kitap"]),
    ],
    ids=["missing", "two candidates", "two candidates in a menu", "wrong page"],
)
def test_label_that_does_not_fit_is_named(
    labels: str,
    clause: str,
    code: str,
    named: list[str],
    tmp_path: Path,
    start_portal: StartPortal,
    make_operator: MakeOperator,
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    run = make_operator(portal).run(PORTAL=own_portal(tmp_path, labels), RETRIES="0")
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith(clause)
    assert code in failed.message
    for name in named:
        assert name in failed.message
    assert truth.recorded == []
    truth.agrees_with(run)


def test_own_file_mends_a_label_without_python(
    tmp_path: Path, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    mended = own_portal(tmp_path, 'save = ["Saklayınız", "Kayıt"]')
    truth.everything_is_approved(make_operator(portal).run(PORTAL=mended))


def test_form_without_a_known_kayit_is_not_sent(
    tmp_path: Path, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1)
    truth = Truth(portal)
    portal_file = own_portal(tmp_path, 'save = ["Saklayınız"]')
    Path(portal_file).write_text(Path(portal_file).read_text("utf-8") + "\n[pace]\ntimeout_s = 3\n", "utf-8")
    run = make_operator(portal).run(PORTAL=portal_file, RETRIES="1")
    (entry,) = run.approvals
    assert entry["outcome"] == "failed", run.said
    assert "tried 2 times" in entry["reason"]
    assert run.code >= 1
    assert truth.entries("approval") == []
    truth.agrees_with(run)


def test_portal_that_is_down_is_said_to_be_unreachable(start_portal: StartPortal, make_operator: MakeOperator) -> None:
    portal = start_portal("plain", 1)
    portal.kill()
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith("5.1")
    assert "KTP-101" in failed.message
    assert portal.site_url in failed.message
    assert run.approvals == []


@pytest.mark.parametrize(
    ("fault", "code", "clause"),
    [
        ("maintenance:at=entry,times=0", "KTP-104", "5.1"),
        ("server_error:at=home,times=0", "KTP-105", "5.5"),
        ("drop:at=entry,times=0", "KTP-101", "5.1"),
    ],
)
def test_page_instead_of_the_page_is_named_and_nobody_stays_signed_in(
    fault: str, code: str, clause: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, fault)
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 1, run.said
    (failed,) = run.failed
    assert failed.name.startswith(clause), failed
    assert code in failed.message
    assert truth.recorded == []
    truth.agrees_with(run)


@pytest.mark.parametrize("step", ["entry", "menu", "grid"])
def test_maintenance_that_is_gone_at_the_next_look_costs_nothing(
    step: str, start_portal: StartPortal, make_operator: MakeOperator
) -> None:
    portal = start_portal("plain", 1, f"maintenance:at={step}")
    truth = Truth(portal)
    run = make_operator(portal).run()
    assert run.code == 0, run.said
    assert "[KTP-104]" in run.said
    truth.agrees_with(run)
