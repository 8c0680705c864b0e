"""A page that is shown only until the portal's answer says which one it is, is not the page."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from Katip.portal import load_portal
from Katip.reading.driver import Driver
from Katip.reading.snapshot import Snapshot
from Katip.session import Session
from tests.unit.fake_driver import FakeDriver
from tests.unit.seen import Raw, box, seen, text

ROLES = [box("button", (10, y, 200, 30), text(words, 14, y + 4)) for y, words in ((10, "Bireysel"), (50, "Kurumsal"))]
HOME = [box("button", (10, 90, 200, 30), text("Süreç Yönetimi", 14, 94))]


class Looks(FakeDriver):
    """Shows one look after the other; the last one stays."""

    def look(self, *_: object, **__: object) -> Snapshot:
        return self.shown.pop(0) if len(self.shown) > 1 else self.shown[0]


def look(items: list[Raw], *, busy: bool = False) -> Snapshot:
    snapshot = seen(*items)
    snapshot.busy = int(busy)
    return snapshot


def arrived_at(*looks: Snapshot) -> str:
    portal = load_portal("today", {"katip_url": "http://127.0.0.1", "edevlet_url": "http://127.0.0.1:1"})
    session = Session.of(portal, cast(Driver, Looks(*looks)))
    return session.arrive_at(("roles", "home"), "Loading", timedelta(seconds=4))[0]


def test_page_that_passes_while_the_portal_answers_is_not_taken() -> None:
    assert arrived_at(look(ROLES, busy=True), look(ROLES, busy=True), look(HOME)) == "home"


def test_page_that_stays_is_taken_when_the_portal_has_answered_and_when_it_never_ends() -> None:
    assert arrived_at(look(ROLES)) == "roles"
    assert arrived_at(look(ROLES, busy=True)) == "roles"
