"""How long the robot waits for the portal: one value for every kind of waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each kind of waiting may take; a portal's file overrides it in seconds (`[pace]`, `[patience]`).

    A wait ends as soon as what it waits for is seen. A longer limit costs time only where nothing comes.
    Limits that belong to no portal (calls of the browser, keyring, locks, processes) are constants beside their code.

    Attributes:
        page: a page, a control or a list after a press. 20 s: more than a person waits before pressing again.
            `[pace] timeout_s` of the portal's file.
        save: the answer to "Kayıt". It is never pressed again, so nothing is gained by giving up early.
            `[pace] answer_s` of the portal's file.
        quiet: a whole page until it is complete: nothing loads, nothing moves, every row that its pager counts is there.
            8 s: what moves longer (a clock, an endless spinner) belongs to the page, which is then taken as it is.
        part: a part of a page until it is complete: a scrolled grid, a form, a list that rolls open, a text fetched later.
            3 s: animations and single requests take less than half of it.
        press: a control until it can be pressed or filled: in sight, not moving, not covered.
            5 s: a notice that covers it has gone by then.
        opening: what a press opens or enables without leaving the page: a menu, a group, a form's window, a toolbar's button,
            the grid's next page. 5 s: one slow request.
        form: a form or a small window that changes: "Kayıt" becomes enabled, a window closes.
            6 s: one slow request and an animation.
        reaction: a first reaction to a press that may be repeated (a request, another page, an element drawn again).
            2 s: a page that does nothing for so long did not hear the press.
        moment: what a page's own script does without the server: a tooltip, a window's words. 1 s: a page is awake within half of it.
        sure: how long what could be a passing state of the page has to stay: an element without a role before it counts as a window,
            the very same rows before they count as the next page. 1 s: a page that is re-rendered is done within half of it.
        effect: any change after a scroll or a press that asks nothing of the server. 0.7 s: rows of a virtual grid were drawn within 0.4 s.
        lull: after which no more is expected: rows after scrolling to the end of a list without a count, entries of the person's menu,
            a reply after the sign-out. 1.5 s: rows were seen to come 0.4 s after their request.
        lingering: the small window, once more after the form has closed without one. 1.2 s: a window comes before its form goes.
        late_rows: between two looks at a row after "Kayıt". 5 s: some portals answer first and reload the rows later.
        sign_out: the end of the session after "Güvenli Çıkış". 10 s: longer holds up the end of the run, and its tries share a minute.
        maintenance: the pause before a retry while the portal is under maintenance or asks for fewer requests, times the number of the try.
            3 s: ended early by a page that changes.
    """

    page: timedelta = timedelta(seconds=20)
    save: timedelta = timedelta(seconds=30)
    quiet: timedelta = timedelta(seconds=8)
    part: timedelta = timedelta(seconds=3)
    press: timedelta = timedelta(seconds=5)
    opening: timedelta = timedelta(seconds=5)
    form: timedelta = timedelta(seconds=6)
    reaction: timedelta = timedelta(seconds=2)
    moment: timedelta = timedelta(seconds=1)
    sure: timedelta = timedelta(seconds=1)
    effect: timedelta = timedelta(seconds=0.7)
    lull: timedelta = timedelta(seconds=1.5)
    lingering: timedelta = timedelta(seconds=1.2)
    late_rows: timedelta = timedelta(seconds=5)
    sign_out: timedelta = timedelta(seconds=10)
    maintenance: timedelta = timedelta(seconds=3)

    @classmethod
    def of(cls, pace: Mapping[str, object], patience: Mapping[str, object]) -> Patience:
        """Return the patience that a portal's file asks for.

        Args:
            pace: its table `[pace]`, checked.
            patience: its table `[patience]`, checked; what it does not name is as usual.
        """
        given = {name: patience[f"{name}_s"] for name in OWN_FIELDS if f"{name}_s" in patience}
        given |= {name: pace[key] for name, key in _OF_PACE.items() if key in pace}
        return cls(**{name: timedelta(seconds=float(str(value))) for name, value in given.items()})


_OF_PACE = {"page": "timeout_s", "save": "answer_s"}
OWN_FIELDS = tuple(field.name for field in fields(Patience) if field.name not in _OF_PACE)
