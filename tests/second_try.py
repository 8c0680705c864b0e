"""A second try of failed tests that need a browser, for the project's CI (`--second-try`), never of any other test."""

from collections.abc import Iterator

import pytest

MARKERS = ("browser", "acceptance")
# More tests that pass only at the second try are no accidents.
TOLERATED = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-try",
        action="store_true",
        help=f"repeat a failed test that needs a browser once; more than {TOLERATED} that pass only then are a failure",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the tests that need a browser be repeated once, if it is asked for."""
    own = [item.nodeid for item in items if item.get_closest_marker("flaky")]
    if own:
        raise pytest.UsageError(f"No test says of itself that it may be repeated (flaky): {', '.join(own)}")
    if config.option.second_try:
        for item in items:
            if any(item.get_closest_marker(each) for each in MARKERS):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Judge the repeated tests where all reports come together."""
    if config.option.second_try and not hasattr(config, "workerinput"):
        config.option.rerun_show_tracebacks = True
        config.pluginmanager.register(SecondTries())


class SecondTries:
    """The tests that were repeated, and how they ended."""

    def __init__(self) -> None:
        self.repeated: dict[str, None] = {}
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome == "rerun":  # type: ignore[comparison-overlap]  # the plugin's own outcome
            self.repeated[report.nodeid] = None
        elif report.failed:
            self.failed.add(report.nodeid)

    @property
    def passed(self) -> list[str]:
        """Return the tests that passed only at the second try."""
        return [each for each in self.repeated if each not in self.failed]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the session fail if too many tests passed only at the second try."""
        if len(self.passed) > TOLERATED and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name each of these tests, and say if they are too many."""
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> Iterator[str]:
        """Yield what is said of the repeated tests."""
        for each in self.passed:
            yield f"passed only at the second try: {each}"
        if len(self.passed) > TOLERATED:
            yield f"{len(self.passed)} tests passed only at the second try, at most {TOLERATED} may: this is a failure."
