"""The tags of a contract's task are short: the pages of Robot Framework break no line within a tag."""

from typing import Any, cast

from Katip.approvals.decisions import ApproveAll
from Katip.run.listing import ListKeywords
from tests.approvals.fakes import contract

LONGEST = 24


class _Item:
    index = 1
    contract = contract(name="Ayşe Örnek")
    title = "ÖRNEK LTD."
    decision = ApproveAll().decide(contract, [])


def test_tags_are_short_and_the_number_stands_in_the_documentation() -> None:
    task = ListKeywords._task(cast(Any, _Item()), 2)
    assert "workplace-2" in task.tags
    assert [tag for tag in task.tags if len(tag) > LONGEST] == []
    assert _Item.contract.workplace in task.doc
    assert _Item.decision.reason in task.doc
