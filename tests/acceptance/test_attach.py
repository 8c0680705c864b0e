"""SIGN_IN:attach and a robot that is killed: the person's browser and its tabs stay as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil

from tests.acceptance.conftest import StartPortal
from tests.acceptance.judging import Truth
from tests.acceptance.running import Operator
from tests.persons_browser import PersonsBrowser, PersonsTab


def test_killed_robot_leaves_the_browser_at_once(
    start_portal: StartPortal, make_operator: Callable[..., Operator], tmp_path: Path
) -> None:
    portal = start_portal("plain", 1, "latency:at=form,ms=2000")
    truth = Truth(portal)
    operator = make_operator(portal)
    with PersonsBrowser(tmp_path / "profile") as browser:
        given = {"SIGN_IN": "attach", "CDP_URL": browser.url, "HEADLESS": ""}
        nobody = {"EDEVLET_TCKN": "", "EDEVLET_SIFRE": ""}
        mine = PersonsTab(browser, "about:blank")
        mine.sign_in(portal)
        before = set(browser.tabs)
        robot = operator.start(environment=nobody, **given)
        robot.wait_until(lambda: portal.entries("form_opened"), "the form")
        children = psutil.Process(robot.process.pid).children(recursive=True)
        robot.kill()
        robot.ended()
        for each in children:  # the next run on this journal would end them
            each.kill()
        browser.is_untouched()
        left = set(browser.tabs) - before
        assert len(left) == 1
        assert truth.recorded == []
