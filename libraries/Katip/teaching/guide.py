"""Guide a person through the procedure once: prompt for the next step, watch, check the result, ask if it is not clear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from Katip.errors import BrowserGone, LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.origins import NULL, is_one_of
from Katip.pages.workplace_choices import offered
from Katip.portal import Portal
from Katip.reading import labels
from Katip.reading.controls import KIND_NAMES, Kind, Label
from Katip.reading.reader import Reader
from Katip.reading.snapshot import Node, Snapshot
from Katip.teaching.pressed import Pressed, check, is_of, neighbours, pressed_at
from Katip.teaching.talking import Talk
from Katip.teaching.walk import FOUND_NAMES, Found, Press, TaughtWalk, WalkStage
from Katip.teaching.watching import Sight, Spot, Watcher
from Katip.turkish import Vocabulary, fold

T = TypeVar("T")

_TOP = 160  # CSS pixels: a page's head
_QUIT = ("q", "ç", "çık", "quit")
YES = ("e", "evet", "y", "yes")


class BrokenOff(Exception):
    """The person ended the walk before its end."""


class Guide:
    """What the parts of the walk share: the watching, the noting of a press, and the questions.

    Args:
        watcher: watches the browser.
        talk: the conversation.
        portal: the shipped portal whose words are known already.
        reader: reads what is seen; it is never used to press.
    """

    def __init__(self, watcher: Watcher, talk: Talk, portal: Portal, reader: Reader) -> None:
        self._watcher, self._talk = watcher, talk
        self.portal, self.reader = portal, reader
        self.walk = TaughtWalk(date.today())
        self._queue: list[tuple[Spot, Snapshot]] = []
        self.now: Snapshot | None = None
        self.origin = ""

    @property
    def words(self) -> Vocabulary:
        """The shipped portal's abbreviations."""
        return self.portal.wording.words

    # ------------------------------------------------------------------------------------------------------- watching

    def look(self) -> Sight:
        """Watch for a moment.

        Raises:
            BrokenOff: The person closed the browser.
        """
        try:
            sight = self._watcher.see()
        except BrowserGone:
            raise BrokenOff from None
        self.origin, self.now = sight.origin, sight.snapshot
        self._keep(sight.pressed)
        if sight.snapshot is not None:
            self._keep_personal(sight.snapshot)
        return sight

    def watch(
        self,
        prompt: str,
        done: Callable[[Snapshot], T | None],
        pressed: Callable[[Pressed, Snapshot, Spot], T | None],
        elsewhere: Callable[[str], T | None] = lambda _: None,
    ) -> T | None:
        """Watch until something is seen; the person ends it with Enter.

        Args:
            prompt: what the robot wants to see.
            done: returns what ends it, from what is seen.
            pressed: notes a press, and may end it.
            elsewhere: returns what ends it, from the origin of a page that is not looked at.

        Returns:
            What ended it; None where the person did.

        Raises:
            BrokenOff: The person ended the walk.
        """
        self.look()
        while self.now is None and elsewhere(self.origin) is None and self.origin == NULL:
            self.look()  # what is pressed on a page is looked up in what was seen before
        self.say(prompt)
        while True:
            self.look()
            ended = self._take_presses(pressed)
            if ended is not None:
                return ended
            found = self._ended(done, elsewhere)
            if found is not None and not self._pressed_meanwhile():
                return found
            if (line := self._talk.heard()) is not None:
                if line.casefold() in _QUIT:
                    raise BrokenOff
                return None

    def _take_presses(self, pressed: Callable[[Pressed, Snapshot, Spot], T | None]) -> T | None:
        """Hand on the presses that were seen, until one ends the step."""
        while self._queue:
            spot, before = self._queue.pop(0)
            control = pressed_at(before, spot)
            if control is None:
                self.say(
                    msg(
                        "  A press was not recognised: the page had just changed. If it mattered, begin again, more slowly."
                    )
                )
            elif not self._is_beside_the_way(control, before):
                ended = pressed(control, before, spot)
                if ended is not None:
                    return ended
        return None

    def _keep(self, pressed: Iterable[tuple[Spot, Snapshot | None]]) -> None:
        self._queue += [(spot, before) for spot, before in pressed if before is not None]

    def _pressed_meanwhile(self) -> bool:
        """True if something was pressed while the page was looked at: it led to what is seen, and belongs to this step."""
        try:
            self._keep(self._watcher.pressed())
        except BrowserGone:
            raise BrokenOff from None
        return bool(self._queue)

    def _ended(self, done: Callable[[Snapshot], T | None], elsewhere: Callable[[str], T | None]) -> T | None:
        return done(self.now) if self.now is not None else elsewhere(self.origin)

    def _is_beside_the_way(self, control: Pressed, page: Snapshot) -> bool:
        """True for a field, in which something is typed, and for the only button of a notice."""
        if control.owner.is_field and control.owner.tag != "select":
            return True
        window = self.reader.see_window(None, page)
        if window is None or not window.is_dialog or len(window.buttons) != 1 or "?" in window.text:
            return False
        if not is_of(window.buttons[0], control):
            return False
        self.say(msg('  A notice was closed ("{name}"); the robot closes such by itself.', name=control.name))
        return True

    def _keep_personal(self, snapshot: Snapshot) -> None:
        """Remember the words that are the person's own: titles of workplaces, and the menu of their name."""
        if snapshot.dialog is not None or not is_one_of(snapshot.origin, self.portal.katip_origins):
            return
        for choice in offered(snapshot):
            self.walk.personal |= {choice.workplace.title, choice.workplace.title.replace("__", " ")} - {""}
        width = max((root.box.right for root in snapshot.roots), default=0)
        for node in snapshot.nodes:
            folds = "hp" in node.raw or node.raw.get("ex") == 0
            if folds and node.box.bottom <= _TOP and node.box.middle[0] > width / 2:
                text = snapshot.text_of(node)
                if text and not self._is_known(text):
                    self.walk.personal.add(text)

    def _is_known(self, text: str) -> bool:
        key = self.words.key(text)
        return any(key in self.words.keys(label.names) for label in self.portal.labels.values())

    # --------------------------------------------------------------------------------------------------------- noting

    def note(
        self,
        stage: WalkStage,
        control: Pressed,
        page: Snapshot,
        kind: Kind,
        found: tuple[Found, tuple[str, ...]] | None = None,
    ) -> Press:
        """Note a press, and say whether the reader would find it.

        Args:
            stage: the part of the walk.
            control: what was pressed.
            page: what was seen before.
            kind: what kind of control the robot will look for.
            found: whether it is found, where the caller has checked it.
        """
        how, near = found or self._checked(control, page, kind)
        seen = Kind.TAB if kind is Kind.TAB else control.kind
        press = Press(stage, control.name, seen, page, how, near, is_box=control.is_box, has_count=control.has_count)
        self.walk.presses.append(press)
        self._tell(press)
        return press

    def _checked(self, control: Pressed, page: Snapshot, kind: Kind) -> tuple[Found, tuple[str, ...]]:
        beside = neighbours(page, control, self.words)
        found, near = check(page, control, kind, self.words, beside)
        if found is not Found.SEVERAL:
            return found, near
        words = self.ask(
            msg('  Several controls read "{name}". Which words are on the line of the right one? (Enter: none)',
                name=control.name)
        )  # fmt: skip
        return check(page, control, kind, self.words, (words,)) if words else (found, ())

    def _tell(self, press: Press) -> None:
        what = msg(KIND_NAMES[press.kind])
        if not press.name:
            self.say(
                msg(
                    "  {clause}: a control without words was pressed; the robot cannot find it.",
                    clause=press.stage.clause,
                )
            )
        elif press.found is Found.EXACTLY:
            self.say(msg('  {clause}: {what} "{name}": the robot finds exactly this one.',
                         clause=press.stage.clause, what=what, name=press.name))  # fmt: skip
        else:
            self.say(msg('  {clause}: {what} "{name}": the robot would not find exactly this one ({how}).',
                         clause=press.stage.clause, what=what, name=press.name, how=msg(FOUND_NAMES[press.found])))  # fmt: skip

    def find_one(
        self, page: Snapshot, control: Pressed, kind: Kind, inside: Node | None
    ) -> tuple[Found, tuple[str, ...]]:
        """Check a control within a part of the page.

        Args:
            page: what was seen.
            control: the control.
            kind: what kind is looked for.
            inside: the node around it.
        """
        try:
            found = labels.find(page, Label((control.name,)), kind, self.words, inside=inside)
        except LabelNotFound:
            return Found.NOT, ()
        except LabelAmbiguous:
            return Found.SEVERAL, ()
        return (Found.EXACTLY if is_of(found, control) else Found.SEVERAL), ()

    # -------------------------------------------------------------------------------------------------------- talking

    def say(self, text: str) -> None:
        """Print a text on the console."""
        self._talk.say(text)

    def ask(self, question: str) -> str:
        """Ask something; the person goes on to be watched meanwhile.

        Returns:
            The answer, an empty text for Enter alone.

        Raises:
            BrokenOff: The person ended the walk.
        """
        self.say(question)
        while (line := self._talk.heard()) is None:
            self.look()
        if line.casefold() in _QUIT:
            raise BrokenOff
        return line.strip()

    def agrees(self, question: str, *, unless_said: bool) -> bool:
        """Ask for yes or no.

        Args:
            question: the question.
            unless_said: what Enter alone means.
        """
        reply = fold(self.ask(f"{question} {msg('[Y/n]') if unless_said else msg('[y/N]')}"))
        return reply in YES if reply else unless_said

    def choose(self, question: str, options: Sequence[str]) -> str:
        """Have the person choose one of several.

        Args:
            question: the question.
            options: what there is.

        Returns:
            The option; empty where it is none of them.
        """
        listed = "\n".join(f"    {number}) {option}" for number, option in enumerate(options, 1))
        while True:
            reply = self.ask(f"{question}\n{listed}\n{msg('  Number (0: none of them):')}")
            if reply.isdigit() and int(reply) <= len(options):
                return options[int(reply) - 1] if int(reply) else ""
