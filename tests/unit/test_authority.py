"""Who may say what is approved, where the operator said nothing."""

from __future__ import annotations

from typing import Any

import pytest

from Katip.errors import NothingToDo
from Katip.run.settings import checked_settings

LOCAL: dict[str, Any] = {
    "site_url": "http://127.0.0.1:8101",
    "edevlet_url": "http://127.0.0.1:8102",
    "katip_url": "http://127.0.0.1:8103",
}


def test_practice_portal_on_this_machine_approves_all_unasked() -> None:
    assert checked_settings(**LOCAL).approve_all


@pytest.mark.parametrize("name", list(LOCAL))
def test_other_machine_is_no_practice_portal_though_portal_is_not_given(name: str) -> None:
    with pytest.raises(NothingToDo, match="APPROVE:all"):
        checked_settings(**{**LOCAL, name: "https://isgkatip.example"})


def test_word_of_the_operator_counts_everywhere() -> None:
    assert checked_settings(**{**LOCAL, "katip_url": "https://isgkatip.example"}, approve="all").approve_all
