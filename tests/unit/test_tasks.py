"""Tasks that are made while the run goes on: what a portal or a worklist says in them is data."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from robot import running

from Katip.current_session import CurrentSession
from Katip.keyword_names import KeywordNames
from Katip.run.current_run import CurrentRun
from Katip.run.stopping import Stopping
from Katip.run.tasks import NewTask, TaskWeaver


def suite() -> running.TestSuite:
    made = running.TestSuite(name="Suite")
    made.tests.create(name="5.8")
    return made


def weaver_of(work: Any = None) -> TaskWeaver:
    return TaskWeaver(CurrentRun(CurrentSession(), work), Stopping(), KeywordNames("en"))


@pytest.mark.parametrize("word", ["robot:skip", "Robot:Exclude", "ro_bot: skip"])
def test_word_of_the_portal_is_no_order_to_robot(word: str) -> None:
    tests = suite().tests
    weaver = weaver_of()
    weaver.start_test(tests[0], cast(Any, None))
    weaver.add([NewTask("5.8–5.10 [1] ${X}", "No Operation", ("1",), ("contract", word, "%{HOME}"))])
    assert [task.name for task in tests] == ["5.8", "5.8–5.10 [1] \\${X}"]
    assert set(tests[1].tags) == {"contract", "\\%{HOME}"}


@pytest.mark.parametrize("message", ["", "*HTML*", "*HTML* \n"])
def test_failure_without_words_is_remembered_all_the_same(message: str) -> None:
    weaver = weaver_of()
    weaver.end_test(suite().tests[0], cast(Any, SimpleNamespace(failed=True, tags=["clause"], message=message)))
    assert weaver.broken_before == "5.8"
