"""The state on its own: what is handed out once, what survives, what is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from PracticePortal.examples import EXAMPLE_USER, EXAMPLE_WORKPLACE, USERS, contracts, sgk_number, tc_number
from PracticePortal.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "state.sqlite")
    yield store
    store.close()


def test_one_time_code_is_redeemed_once(store: Store) -> None:
    code = store.make_code(EXAMPLE_USER.number)
    assert len(code) == 32
    assert [store.redeem_code(code) for _ in range(2)] == [EXAMPLE_USER.number, None]


def test_ended_session_stays_ended(store: Store) -> None:
    token = store.open_session(EXAMPLE_USER.number, "127.0.0.1")
    session = store.session(token)
    assert session
    store.end_session(session.name, "sign_out")
    assert store.session(token) is None
    assert store.open_sessions() == []


def test_reset_brings_everything_back(store: Store) -> None:
    before = store.all_contracts()
    row = next(row for row in store.contracts(EXAMPLE_WORKPLACE.sgk) if row.contract.status == "Onay Bekliyor")
    assert store.approve(row.row, "test")
    store.open_session(EXAMPLE_USER.number, "127.0.0.1")
    store.reset()
    assert (store.all_contracts(), store.open_sessions()) == (before, [])


def test_file_has_neither_token_nor_code_nor_number_nor_password(tmp_path: Path, store: Store) -> None:
    secrets = [store.open_session(EXAMPLE_USER.number, "127.0.0.1"), store.make_code(EXAMPLE_USER.number)]
    secrets += [secret for user in USERS for secret in (user.number, user.password)]
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [secret for secret in secrets if secret.encode() in written] == []


def test_examples_are_synthetic_and_all_different() -> None:
    made = list(contracts(pending_only=250))
    assert (
        len({contract.name for contract in made}) == len({contract.gorevlendirme_id for contract in made}) == len(made)
    )
    assert sgk_number(9999901) == "29999010199999010999932000"
    assert (tc_number(111111111), tc_number(999999999)) == ("11111111110", "99999999990")
