"""An error of a step that was run as a keyword reaches the caller as the exception that it was."""

from __future__ import annotations

import io
from typing import ClassVar

from robot.errors import ExecutionFailed
from robot.running import TestSuite as Suite

from Katip.errors import FormDisagrees, NotPressed
from Katip.keyword_names import KeywordNames
from Katip.run.logged_steps import LoggedSteps, cause_of
from Katip.run.stopping import Stopping


class Stepping:
    """A library whose keywords run each other, as an approval does."""

    ROBOT_LIBRARY_SCOPE = "GLOBAL"
    raised: ClassVar[list[Exception]] = []
    arrived: ClassVar[list[BaseException]] = []

    def __init__(self) -> None:
        self.steps = LoggedSteps(KeywordNames("en"), Stopping())

    def leave(self) -> None:
        self._fail(NotPressed("Leaving", "a button", "none"))

    def open_form(self) -> None:
        self._fail(FormDisagrees("Opening", "one form", "another"))

    def _fail(self, error: Exception) -> None:
        self.raised.append(error)
        raise error from None

    def approve(self) -> None:
        try:
            self.steps.run("Open Form")
        except FormDisagrees as error:
            self.arrived.append(error)
            try:
                self.steps.run("Leave")
            except NotPressed as second:
                self.arrived.append(second)
            try:
                self.steps.run("No Such Keyword")
            except Exception as third:
                self.arrived.append(third)


def test_exception_of_a_step_is_the_one_that_the_keyword_raised() -> None:
    suite = Suite(name="Steps")
    suite.resource.imports.library(f"{__name__}.Stepping", alias="Katip")
    suite.tests.create(name="Approval").body.create_keyword(name="Katip.Approve")
    result = suite.run(output=None, log=None, report=None, stdout=io.StringIO(), stderr=io.StringIO())
    assert result.suite.tests[0].passed, result.suite.tests[0].message
    assert len(Stepping.raised) == 2
    assert Stepping.arrived[:2] == Stepping.raised
    assert "No Such Keyword" in str(Stepping.arrived[2])


def test_error_that_was_being_handled_before_is_not_the_cause() -> None:
    earlier, status = FormDisagrees("Opening", "one form", "another"), ExecutionFailed("Keyword timeout")
    status.__context__ = earlier
    assert cause_of(status, earlier) is None
    assert cause_of(status) is earlier
