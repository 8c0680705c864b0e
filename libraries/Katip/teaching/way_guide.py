"""Guide a person from the first page to the list (5.1 to 5.7), and out again (5.10)."""

from __future__ import annotations

from Katip.consent_words import speaks_of_consent
from Katip.messages import msg
from Katip.origins import is_one_of, origin_of
from Katip.pages.workplace_choices import offered
from Katip.reading.controls import Kind
from Katip.reading.snapshot import Snapshot
from Katip.teaching.guide import Guide
from Katip.teaching.pressed import Pressed
from Katip.teaching.walk import Press, WalkStage, is_same_page
from Katip.teaching.watching import Spot
from Katip.turkish import fold


class WayGuide(Guide):
    """Guides from the first page to the list (5.1 to 5.7), and out again (5.10)."""

    def go_in(self) -> None:
        """Watch the way to e-Devlet, the sign-in without looking, and the way to the choice of the workplace."""
        first: list[Snapshot] = []

        def seen(snapshot: Snapshot) -> bool | None:
            first[:] = first or [snapshot]
            signed_in = is_one_of(snapshot.origin, self.portal.katip_origins) and bool(offered(snapshot))
            return True if signed_in else None

        def pressed(control: Pressed, page: Snapshot, _: Spot) -> None:
            self.walk.began_at_site |= page.origin == origin_of(self.portal.site_url) != self._katip
            self.note(WalkStage.WAY_IN, control, page, Kind.BUTTON)

        at_sign_in = self.watch(
            msg("5.1–5.2: Go to KATİP as far as e-Devlet's sign-in. (Enter: I am signed in already)"),
            seen,
            pressed,
            lambda origin: False if origin == origin_of(self.portal.edevlet_url) else None,
        )
        if at_sign_in is False:
            self._sign_in()

    @property
    def _katip(self) -> str:
        return origin_of(self.portal.katip_url)

    def _sign_in(self) -> None:
        self.watch(
            msg("5.3: Sign in at e-Devlet. Nothing is listened to or read there; only that the page changes is seen."),
            lambda snapshot: True if is_one_of(snapshot.origin, self.portal.katip_origins) else None,
            lambda *_: None,
        )

    def choose_workplace(self) -> None:
        """Watch the pages between the sign-in and the home page (5.4, 5.5)."""
        self.watch(
            msg("5.4: Go on as far as the choice of the workplace."),
            lambda snapshot: True if offered(snapshot) else None,
            self._in_role,
        )
        self.walk.katip_url = self.origin
        if self.now is None or not offered(self.now):
            return
        self.watch(msg("5.5: Choose your workplace, as far as the home page."), self._at_home, self._of_workplace)

    def _in_role(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        self.note(WalkStage.ROLE, control, page, Kind.BUTTON)

    def _at_home(self, snapshot: Snapshot) -> bool | None:
        if not any(self.walk.pressed(WalkStage.WORKPLACE)) or self.walk.workplaces is None or snapshot.busy:
            return None
        return None if is_same_page(self.walk.workplaces, snapshot) or self.reader.is_loading(snapshot) else True

    def _of_workplace(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        choices = offered(page)
        if not choices and self.walk.workplaces is None:
            return
        self.walk.workplaces = self.walk.workplaces or page
        own = next((one for one in choices if one.place is not None and control.owner.within(one.place)), None)
        if any(one.workplace.sgk in "".join(filter(str.isdigit, control.name)) for one in choices):
            control = _unnamed(control)  # the choice itself: its words are the firm's
        found = None
        if own is not None and control.name:
            found = self.find_one(page, control, Kind.BUTTON, own.place)
        if control.name:
            self.note(WalkStage.WORKPLACE, control, page, Kind.BUTTON, found)
            return
        self.walk.presses.append(Press(WalkStage.WORKPLACE, "", control.kind, page))
        self.say(msg("  5.5: the workplace itself was pressed; the robot finds it by its SGK number."))

    def go_out(self) -> None:
        """Watch the sign-out (5.10)."""
        first = next(self.walk.pressed(WalkStage.WAY_IN), None)

        def over(snapshot: Snapshot) -> bool | None:
            if not any(self.walk.pressed(WalkStage.WAY_OUT)):
                return None
            folded = fold(snapshot.text)
            said = any(fold(text) in folded for text in self.portal.instead["signed_out"])
            back = first is not None and is_same_page(first.page, snapshot)
            return True if said or back or not is_one_of(snapshot.origin, self.portal.katip_origins) else None

        away = lambda origin: True if not is_one_of(origin, self.portal.katip_origins) else None  # noqa: E731
        self.watch(msg("5.10: Sign out safely."), over, self._of_way_out, away)

    def _of_way_out(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        if "hp" in control.owner.raw or "ex" in control.owner.raw:
            self.walk.personal |= {control.name} - {""}  # the menu of the person's name: known by its place alone
            self.say(msg("  5.10: the menu at the page's head was opened; it is noted by its place, not by its words."))
            self.walk.presses.append(Press(WalkStage.WAY_OUT, "", control.kind, page))
            return
        self.note(WalkStage.WAY_OUT, control, page, Kind.MENU)

    def refuse_consent(self, control: Pressed) -> bool:
        """Remind that a consent is the person's own; return True if the control is one."""
        if not speaks_of_consent(control.name):
            return False
        self.say(
            msg(
                '  "{name}" is a consent of your own; the robot never touches it and does not note it.',
                name=control.name,
            )
        )
        return True


def _unnamed(control: Pressed) -> Pressed:
    return Pressed(control.node, control.owner, "", control.kind, False, control.is_box)
