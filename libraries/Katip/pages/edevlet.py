"""The sign-in at e-Devlet (5.3): the only place where secrets are typed, and only on e-Devlet's own host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial

from robot.api import logger
from robot.api.deco import keyword
from robot.api.types import Secret

from Katip.current_session import CurrentSession
from Katip.errors import (
    ApplicationError,
    CaptchaSeen,
    NobodySignedIn,
    NoEffect,
    NotPressed,
    SecondFactorNeeded,
    SecretNotAllowed,
    SentElsewhere,
    SignInRefused,
    Vanished,
)
from Katip.messages import duration, msg
from Katip.origins import is_one_of, origin_of
from Katip.pages.application import application_shown
from Katip.pages.component import PageComponent
from Katip.pages.edevlet_answers import (
    NOT_TWICE,
    code_needed,
    has_open_field,
    is_emptied,
    new_words,
    only_field,
    refused_with,
    says,
)
from Katip.pages.joining import Joining
from Katip.pages.place import place_of, trouble_of
from Katip.pages.unknown import left_unknown_page
from Katip.reading import field_finder
from Katip.reading.acting import despite_rerendering
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Dialog, Node, Piece, Snapshot
from Katip.session import Account
from Katip.sign_in_state import SignInState

_RENDERINGS = 2


class EDevletPage(PageComponent):
    """The sign-in page "e-Devlet Kapısı Kimlik Doğrulama Sistemi".

    Args:
        current: the session of the run at work.
        joining: knows whether the session was open already in the person's browser.
        leave_by: presses what signs out, and waits for the end of the session.
        deferred: keeps signals back while it is entered.
    """

    def __init__(
        self,
        current: CurrentSession,
        joining: Joining,
        leave_by: Callable[[Control, Snapshot], None],
        deferred: Callable[[], AbstractContextManager[None]],
    ) -> None:
        super().__init__(current)
        self._joining = joining
        self._leave_by = leave_by
        self._deferred = deferred

    @keyword(tags=["5.3"])
    def sign_in_at_edevlet(self) -> str:
        """Fill "T.C. Kimlik No" and "e-Devlet Şifresi" and press "Sisteme Giriş Yap", once (5.3).

        Number and password come from EDEVLET_TCKN and EDEVLET_SIFRE. They are typed only if the page and the field's frame are e-Devlet's
        own origin. A second factor is left to the person, who sees the window; a captcha is never solved.

        Returns:
            The origin on which the sign-in took place.

        Raises:
            SecretNotAllowed: The page is not on e-Devlet's origin (KTP-502).
            SignInRefused: e-Devlet refused; it is never tried a second time in this run (KTP-501).
            CaptchaSeen: A captcha is asked for (KTP-503).
            SecondFactorNeeded: A code is asked for and nobody sees the window, or nobody typed it in time (KTP-504).

        Example:
        | ${origin} =    Sign In At Edevlet
        """
        session = self.session
        if session.signed_in:  # e-Devlet let the person in, and only then KATİP showed a fault
            return self._joining.skipped() if self._joining.found else origin_of(self.portal.edevlet_url)
        if session.sign_in.is_spent:
            raise SignInRefused(
                msg("Signing in at e-Devlet"),
                msg("a sign-in that was not refused before"),
                msg("a refusal in this run"),
                msg(NOT_TWICE),
            )
        if session.account is None:
            _, snapshot = session.arrive_at(
                ("edevlet", *self.portal.pages_with_a_way_out), msg("Signing in at e-Devlet")
            )
            self._note_application(snapshot)
            return self._wait_for_the_person()
        snapshot = session.arrive("edevlet", msg("Signing in at e-Devlet"))
        self._note_application(snapshot)
        try:
            self._check_captcha(snapshot)
        except CaptchaSeen as error:
            if not session.visible:
                raise
            logger.info(str(error))
            return self._wait_for_the_person()
        typed = self._type(session.account)
        # A signal between the click and its answer would leave a session open without a sign-out.
        with self._deferred():
            try:
                answer = self._press_sign_in(typed)
            except ApplicationError:
                session.sign_in = session.sign_in.failed()
                raise
        if answer == "second factor" and not session.visible and session.ask_code is not None:
            self._pass_second_factor(session.ask_code)
        elif answer != "accepted":
            self._leave_to_the_person()
        session.sign_in = SignInState.SIGNED_IN
        return origin_of(self.portal.edevlet_url)

    def _press_sign_in(self, typed: Sequence[Node]) -> str:
        """Press once and wait for the answer: let in, or asked for a second factor; everything else is an error."""
        before = self.reader.look()
        asked = before.started
        dialog = self._press_despite_rerendering(typed)
        if dialog is None and not self._is_noticed(before, asked):
            # Nothing was sent and nothing moved: the page was not awake yet. It is no second attempt.
            dialog = self._press_despite_rerendering(typed)
        if dialog is not None:
            self.session.driver.answer(accept=True)
            raise refused_with(dialog.message)
        answer = self._wait_for_the_answer(before, asked)
        if answer == "accepted":
            self.session.sign_in = SignInState.SIGNED_IN
        return answer

    def _pass_second_factor(self, ask: Callable[[], Secret | None]) -> None:
        """Ask for the code, type it into the one field of e-Devlet's page and send it, once."""
        only_field(self.reader.settled(self.portal.patience.reaction))
        code = ask()
        if code is None or self.session.account is None:
            raise code_needed(msg("no code"))
        self.session.account.code = code
        before = self.reader.look()
        with self._deferred():
            self._type_secret(before, only_field(before), code, press="Enter")
            try:
                answer = self._wait_for_the_answer(before, before.started, code_sent=True)
            except ApplicationError:
                self.session.sign_in = self.session.sign_in.failed()
                raise
        if answer != "accepted":
            raise code_needed(msg("a page that asks for more"))

    def _press_despite_rerendering(self, typed: Sequence[Node]) -> Dialog | None:
        """Press once; look again where the page re-rendered button or fields in the last moment, as nothing was pressed then."""
        for _ in range(_RENDERINGS):
            try:
                return self._press_once(typed)
            except Vanished:
                snapshot = self.reader.settled(self.portal.patience.reaction)
                typed = [self._field(snapshot, key) for key in ("tckn", "sifre")]
        return self._press_once(typed)

    def _press_once(self, typed: Sequence[Node]) -> Dialog | None:
        """Press "Sisteme Giriş Yap" in the document in which was typed, where its form is sent to e-Devlet's own origin.

        What a page's own script does when it is pressed cannot be checked beforehand.
        """
        session, before = self.session, self.session.sign_in
        control = self.reader.wait_for(session.label("sign_in"), Kind.BUTTON)
        session.sign_in = SignInState.SENT  # until it is accepted: whatever happens now, no second attempt
        try:
            return session.driver.click(
                control.node,
                self.portal.patience.press,
                owner=control.owner,
                strict=True,
                only=self._origins,
                typed=typed,
            )
        except SentElsewhere as error:
            session.sign_in = before
            raise self._not_allowed(error.seen, msg("Number and password were typed, and not sent.")) from None
        except (NotPressed, Vanished):
            session.sign_in = before  # nothing was pressed, so nothing was sent
            raise

    @property
    def _origins(self) -> frozenset[str]:
        return frozenset({origin_of(self.portal.edevlet_url)})

    def _not_allowed(self, seen: str, now: str) -> SecretNotAllowed:
        return SecretNotAllowed(
            msg("Signing in at e-Devlet"),
            msg("page, frame and form on e-Devlet's own origin {origins}", origins=" ".join(self._origins)),
            seen,
            msg("{now} If the sign-in has moved, correct edevlet_url in the portal's file.", now=now),
        )

    def _field(self, snapshot: Snapshot, key: str) -> Node:
        other = "sifre" if key == "tckn" else "tckn"
        return field_finder.find_field(
            snapshot, self.session.label(key), self.portal.wording.words, (self.session.label(other),)
        )

    def _type(self, account: Account) -> list[Node]:
        """Type number and password; return the fields."""
        typed = []
        for key, secret in (("tckn", account.tckn), ("sifre", account.sifre)):
            typed.append(despite_rerendering(partial(self._type_into, key, secret)))
        return typed

    def _type_into(self, key: str, secret: Secret) -> Node:
        """Type into one field, on e-Devlet's own origin only."""
        snapshot = self.reader.look()
        node = self._field(snapshot, key)
        self._type_secret(snapshot, node, secret)
        return node

    def _type_secret(self, snapshot: Snapshot, node: Node, secret: Secret, **press: str) -> None:
        for origin in (snapshot.origin, snapshot.origins[node.frame]):
            if not is_one_of(origin, self._origins):
                raise self._not_allowed(origin, msg("Nothing was typed."))
        self.reader.pause()
        try:
            dialog = self.session.driver.fill(
                node, self.portal.patience.press, only=self._origins, value=secret.value, **press
            )
        except SentElsewhere as error:
            raise self._not_allowed(error.seen, msg("It was not typed.")) from None
        self.session.driver.require_no_dialog(dialog, msg("Filling a field"))

    def _check_captcha(self, snapshot: Snapshot) -> None:
        phrases = self.portal.instead["captcha"]
        spoken = [piece for piece in snapshot.pieces if piece.in_sight and says(piece.text, phrases)]
        extra = self._other_fields(snapshot)
        named = any(_is_named_by(node, phrases) for node in extra)
        framed = any("captcha" in url.lower() for url in snapshot.frame_urls.values())
        if named or framed or (spoken and extra):
            raise CaptchaSeen(
                msg("Signing in at e-Devlet"),
                msg("only number and password to be asked for"),
                msg('a captcha: "{text}"', text=spoken[0].text if spoken else msg("captcha")),
                msg("Nothing was typed; the robot never solves a captcha. Sign in by hand once, then run again."),
            )

    def _other_fields(self, snapshot: Snapshot) -> list[Node]:
        """Return the fields that can be filled, number and password left out."""
        known = {id(self._field(snapshot, key)) for key in ("tckn", "sifre")}
        fields = [node for node in snapshot.nodes if node.is_field and node.in_sight and id(node) not in known]
        return [node for node in fields if not node.disabled and node.input_type != "hidden"]

    def _is_noticed(self, before: Snapshot, asked: int) -> bool:
        """Return True if the page reacts to the press at all: by a request, a dialog, or another word on it."""
        shown = (before.url, before.text)

        def seen(now: Snapshot) -> bool | None:
            return True if now.dialog is not None or now.started != asked or (now.url, now.text) != shown else None

        try:
            return self.reader.until(
                seen, msg("Signing in at e-Devlet"), msg("the page to react"), self.portal.patience.reaction
            )
        except NoEffect:
            return False

    def _wait_for_the_answer(self, before: Snapshot, asked: int, *, code_sent: bool = False) -> str:
        def seen(snapshot: Snapshot) -> str | None:
            if snapshot.dialog is not None:
                return f"refused:{snapshot.dialog.message}"
            place = place_of(snapshot, self.portal).pages
            if place & set(self.portal.signed_in_pages) and "edevlet" not in place:
                return "accepted"
            if snapshot.busy or not snapshot.ready:
                return None
            said = self._said_by_edevlet(before, asked, snapshot, code_sent)
            trouble = trouble_of(snapshot, self.portal, msg("Signing in at e-Devlet"), msg("KATİP's main menu"))
            if trouble is not None and not said and not self._is_on_edevlet(snapshot):
                self._note_arrival(snapshot)
                raise trouble
            return said

        try:
            answer = self.reader.until(
                seen, msg("Signing in at e-Devlet"), msg("KATİP's main menu, or e-Devlet's answer"), now=msg(NOT_TWICE)
            )
        except NoEffect:
            last = self.reader.look()
            if last.dialog is not None or "edevlet" in place_of(last, self.portal).pages or last.url == before.url:
                raise
            raise left_unknown_page(self.session, last, self._leave_by) from None
        if answer.startswith("refused:"):
            raise refused_with(answer.removeprefix("refused:"))
        if answer == "captcha" and not self.session.visible:
            raise CaptchaSeen(
                msg("Signing in at e-Devlet"),
                msg("KATİP's main menu"),
                msg("a captcha"),
                msg("Sign in by hand once, then run again."),
            )
        return answer

    def _note_arrival(self, snapshot: Snapshot) -> None:
        """Where KATİP shows a fault right after the sign-in, or is not reached, e-Devlet has let the person in: a session may be open."""
        address = snapshot.lost_url or snapshot.url
        if is_one_of(origin_of(address), self.portal.katip_origins):
            self.session.sign_in = SignInState.SIGNED_IN
            self.session.way_out = address

    def _is_on_edevlet(self, snapshot: Snapshot) -> bool:
        return is_one_of(snapshot.origin, {origin_of(self.portal.edevlet_url)})

    def _said_by_edevlet(self, before: Snapshot, asked: int, snapshot: Snapshot, code_sent: bool) -> str | None:
        """What e-Devlet answers where it lets nobody in: a refusal with its words, a captcha, a second factor."""
        form_again = "edevlet" in place_of(snapshot, self.portal).pages
        if not form_again and not self._is_on_edevlet(snapshot):
            return None
        new = new_words(before, snapshot)
        refusal = self._first_saying("sign_in_refused", new)
        if refusal and (form_again or code_sent):
            return f"refused:{refusal}"
        asked_for = self._asked_for(snapshot, new)
        if asked_for is not None:
            return asked_for
        if refusal:
            return f"refused:{refusal}"
        return _said_by_the_form(snapshot, new, form_again=form_again) if snapshot.started > asked else None

    def _asked_for(self, snapshot: Snapshot, new: Sequence[Piece]) -> str | None:
        """Return what a page asks for in words, a captcha or a second factor, or None."""
        if self._first_saying("captcha", new):
            return "captcha"
        if self._first_saying("second_factor", new) and has_open_field(snapshot):
            return "second factor"
        return None

    def _first_saying(self, kind: str, pieces: Iterable[Piece]) -> str:
        """Return the first text that says one of the portal's phrases, else empty."""
        return next((piece.text for piece in pieces if says(piece.text, self.portal.instead[kind])), "")

    def _leave_to_the_person(self) -> None:
        if not self.session.visible:
            raise code_needed(msg("a page that asks for a code"))
        self._wait_for_the_person()

    def _note_application(self, snapshot: Snapshot) -> None:
        """Keep the application that e-Devlet names; a page that is still loading, or a later one, names none."""
        shown = application_shown(snapshot, self.portal)
        if shown:
            self.session.application = self.session.covered(shown)

    def _wait_for_the_person(self) -> str:
        if not self.session.visible:
            raise SecondFactorNeeded(
                msg("Signing in at e-Devlet"),
                msg("EDEVLET_TCKN and EDEVLET_SIFRE in the environment, or a person at a visible window"),
                msg("neither"),
                msg("Set both, or run with HEADLESS:false and sign in yourself."),
            )
        limit = self.session.sign_in_timeout
        where = (
            msg("in the tab that the robot has opened in your browser")
            if self._joining.has_tabs
            else msg("in the window that the robot has opened")
        )
        logger.console(
            msg(
                "\nPlease sign in at e-Devlet yourself, {where}; the robot waits {limit} and goes on by "
                "itself once you are signed in.",
                where=where,
                limit=duration(limit),
            )
        )

        doing = msg("Waiting for the person to sign in")

        def seen(snapshot: Snapshot) -> bool | None:
            at_katip = is_one_of(snapshot.origin, self.portal.katip_origins)
            if snapshot.dialog is not None:  # e-Devlet's is for the person to read
                if at_katip and not self._is_on_edevlet(snapshot):
                    self.session.heed(snapshot.dialog, doing)
                return None
            place = place_of(snapshot, self.portal).pages
            if place & set(self.portal.signed_in_pages) and "edevlet" not in place:
                return True
            self._note_application(snapshot)
            if snapshot.ready and not snapshot.busy and at_katip:
                trouble = trouble_of(snapshot, self.portal, doing, msg("KATİP's main menu"))
                if trouble is not None:
                    raise trouble
            return None

        try:
            self.reader.until(seen, doing, msg("KATİP's main menu"), limit)
        except NoEffect:
            last = self._note_where_it_ended()
            shown = last.dialog.message if last is not None and last.dialog is not None else last.title if last else ""
            raise NobodySignedIn(
                msg("Waiting for the person to sign in at e-Devlet"),
                msg("KATİP's main menu within {limit}", limit=duration(limit)),
                f'"{self.session.covered(shown)}"',
                msg("Run again and sign in in the window that opens; -v SIGN_IN_TIMEOUT:10min gives more time."),
            ) from None
        except BaseException:  # a signal as well
            self._note_where_it_ended()
            raise
        self.session.sign_in = SignInState.SIGNED_IN
        return origin_of(self.portal.edevlet_url)

    def _note_where_it_ended(self) -> Snapshot | None:
        """Note whether the person was let in by the end of the wait: a session that is open must be signed out."""
        with suppress(ApplicationError):
            last = self.reader.seen
            self._note_arrival(last)
            return last
        return None


def _is_named_by(node: Node, phrases: tuple[str, ...]) -> bool:
    """Return True if a field's label, placeholder or title says one of the phrases."""
    return any(says(str(node.raw.get(key, "")), phrases) for key in ("lb", "ph", "a", "by", "ti"))


def _said_by_the_form(snapshot: Snapshot, new: Sequence[Piece], *, form_again: bool) -> str | None:
    """Return what the fields of an answer say without known words, or None."""
    if form_again:
        return "refused:" + " ".join(piece.text for piece in new)[:200] if is_emptied(snapshot) else None
    # Number and password are asked for no more, something else is: whatever the page calls it, only a person can go on.
    return "second factor" if has_open_field(snapshot) else None
