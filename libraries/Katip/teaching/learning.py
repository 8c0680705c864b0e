"""Turn a walk into a portal's file: only what differs from the shipped portal that is nearest, with where each entry was seen.

Nothing here reads a page or a console. What the walk did not show stays as the shipped file has it; where an approval hangs on it, its key
is listed under `unknown`, so that plan and rehearsal work and every approval is held.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from Katip.consent_words import speaks_of_consent
from Katip.hues import Hue
from Katip.messages import msg
from Katip.origins import origin_of
from Katip.pages.place import is_on
from Katip.portal import Portal, load_portal
from Katip.portal_procedure import At, FormWay
from Katip.reading.labels import Kind
from Katip.reading.snapshot import Snapshot
from Katip.teaching.draft import BASES, Draft, Learned
from Katip.teaching.marks import MARKS
from Katip.teaching.portal_writer import as_toml
from Katip.teaching.turn import TaughtTurn
from Katip.teaching.walk import Found, Press, TaughtWalk, WalkStage, texts_of
from Katip.turkish import fold

PARTY = "Görevlendirilen Kişi"


def as_portal(tables: Mapping[str, Any]) -> Portal:
    """Check a portal's file as a run does, and read it.

    Args:
        tables: what it says.

    Raises:
        ConfigurationError: The file is wrong; every mistake is named.
    """
    with tempfile.TemporaryDirectory(prefix="katip-teach-") as folder:
        path = Path(folder) / "taught.toml"
        path.write_bytes(as_toml(tables, {}).encode())
        return load_portal(str(path))


def learn(walk: TaughtWalk, name: str, bases: Iterable[str] = BASES) -> Learned:
    """Return the portal's file that a walk gives, over the shipped portal that leaves the least to say.

    Args:
        walk: the walk.
        name: the portal's short name.
        bases: the shipped portals that come into question.

    Returns:
        What was learned.
    """
    return min((_Learner(walk, base, name).learned() for base in bases), key=lambda each: each.size)


class _Learner(Draft):
    """Learns one walk over one shipped portal."""

    def learned(self) -> Learned:
        self._addresses()
        self._way("before", [*self._walk.pressed(WalkStage.WAY_IN)])
        self._way("after", [*self._walk.pressed(WalkStage.ROLE)])
        self._workplace()
        self._menu()
        self._list()
        self._opening()
        self._form()
        self._saving()
        self._proof()
        self._way_out()
        self._marks()
        self._name_unknown()
        order = ("extends", "name", "unknown", "addresses", "way", "list", "turn", "parties", "approving", "labels")
        tables = self._found.tables
        rest = [key for key in tables if key not in order]
        self._found.tables = {key: tables[key] for key in (*order, *rest) if key in tables}
        return self._found

    # ---------------------------------------------------------------------------------------------------------------- way

    def _addresses(self) -> None:
        given = self._walk.katip_url
        if given and origin_of(given) != origin_of(self._base["addresses"].get("katip_url", "")):
            self._set(("addresses", "katip_url"), given, self._on(WalkStage.ROLE))

    def _way(self, which: str, presses: Sequence[Press]) -> None:
        """Write the pages of a part of the way; those of the shipped portal stay where their labels were pressed."""
        old: list[dict[str, Any]] = self._base["way"][which]
        if which == "before":
            self._begin()
        if presses:
            self._pages_pressed(which, presses, old)
        elif which == "after" and old and self._walk.workplaces is not None:
            self._set(("way", which), [], self._on(WalkStage.ROLE))

    def _pages_pressed(self, which: str, presses: Sequence[Press], old: Sequence[dict[str, Any]]) -> None:
        steps = self._steps(which, presses, old)
        if which == "before" and not self._walk.began_at_site:
            steps = [step for step in old if step["page"] == "site"] + steps
        seen = [step["page"] for step in steps]
        if [step["page"] for step in old if step["page"] in seen] != seen:
            self._set(("way", which), steps, self._on(presses[0].stage))

    def _begin(self) -> None:
        needed = self._base["way"].get("site", "needed") == "needed"
        if not self._walk.began_at_site and needed and [*self._walk.pressed(WalkStage.WAY_IN)]:
            self._set(("way", "site"), "optional")

    def _steps(self, which: str, presses: Sequence[Press], old: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """One step for each button that was pressed, with the boxes that were ticked before it."""
        steps: list[dict[str, Any]] = []
        ticked: list[str] = []
        for number, press in enumerate(presses, 1):
            if press.is_box:
                ticked += self._tick(press)
                continue
            known = next((step for step in old if self._is_press_of(step, press)), None)
            step = dict(known) if known is not None else self._own_step(f"{which}_{number}", press)
            if step:
                steps.append(step | ({"tick": ticked} if ticked else {}))
            ticked = []
        return steps

    def _is_press_of(self, step: Mapping[str, Any], press: Press) -> bool:
        value = step["press"]
        return isinstance(value, str) and value.startswith("@") and self._knows("labels", value[1:], press.name)

    def _own_step(self, key: str, press: Press) -> dict[str, Any]:
        """A page of its own, known by the label that is pressed on it and by one of its headings."""
        if press.name and (speaks_of_consent(press.name) or not self._label(key, press)):
            return {}
        if not press.name:
            self._found.left_out.append(msg("{clause}: a control without words was pressed", clause=press.stage.clause))
            return {}
        headings = self._page_marks.headings(press.page)
        self._set(("pages", key), {"all": [f"@{key}"], **({"any": headings} if headings else {})})
        self._found.tables["pages"][key]["title"] = headings[0] if headings else press.name
        return {"page": key, "press": f"@{key}"}

    def _tick(self, press: Press) -> list[str]:
        if speaks_of_consent(press.name):
            self._found.left_out.append(
                msg(
                    '{clause}: "{name}" is a consent; the robot never ticks it',
                    clause=press.stage.clause,
                    name=press.name,
                )
            )
            return []
        return [press.name] if self._may_write(press.name, press.stage.clause) else []

    def _workplace(self) -> None:
        presses = [press for press in self._walk.pressed(WalkStage.WORKPLACE) if press.name and not press.is_box]
        worded = [press for press in presses if not self._privacy.is_personal(press.name)]
        if worded:
            self._label("enter_workplace", worded[-1])

    def _menu(self) -> None:
        presses = [press for press in self._walk.pressed(WalkStage.MENU) if not press.is_box]
        if not presses or not self._label("contracts", presses[-1]):
            return
        if len(presses) > 1:
            self._label("module", presses[-2])
            for press in presses[:-2]:
                self._leave_out_notice(press)
        elif self._walk.home is not None and not any(
            self._knows("labels", "module", text) for text in texts_of(self._walk.home)
        ):
            self._label("module", presses[-1])

    def _leave_out_notice(self, press: Press) -> None:
        if self._may_write(press.name, press.stage.clause):
            self._found.left_out.append(
                msg(
                    '{clause}: "{name}" comes before the menu; the robot closes notices by itself',
                    clause=press.stage.clause,
                    name=press.name,
                )
            )

    # --------------------------------------------------------------------------------------------------------------- list

    def _list(self) -> None:
        walk = self._walk
        tabs = [press for press in walk.pressed(WalkStage.LIST) if press.kind is Kind.TAB]
        shown = tabs[-1].name if tabs else walk.tab_shown
        if shown:
            self._tab("pending", shown, tabs[-1] if tabs else None)
        elif walk.list is not None:
            self._set(("list", "pending"), [], self._on(WalkStage.LIST))
        self._columns()
        if walk.list is not None:
            self._parties()
        for status, text in (("pending", walk.pending), ("approved", walk.approved)):
            self._status(status, text)

    def _columns(self) -> None:
        for key, header in self._walk.columns.items():
            if self._may_write(header, f"[columns] {key}") and not self._is_the_only(key, header):
                self._set(("columns", key), [header], self._on(WalkStage.LIST))

    def _status(self, status: str, text: str) -> None:
        if text and self._may_write(text, f"[statuses] {status}") and not self._knows("statuses", status, text):
            self._set(("statuses", status), [text], self._on(WalkStage.LIST))

    def _tab(self, which: str, shown: str, press: Press | None) -> None:
        key = f"{which}_tab"
        if not self._may_write(shown, f"[list] {which}"):
            return
        if not self._knows("labels", key, shown) or (press is not None and press.found is not Found.EXACTLY):
            self._set(("labels", key), [shown], self._seen(press) if press else self._on(WalkStage.LIST))
        self._set(("list", which), [f"@{key}"])
        counts = press.has_count if press is not None else self._walk.tab_counts
        if which == "pending" and counts:
            self._set(("list", "count"), "list")
            pattern = f"{shown} ({{count}})"
            if not any(fold(pattern) == fold(each) for each in self._base["texts"]["pending_count"]):
                self._set(("texts", "pending_count"), [pattern], self._on(WalkStage.LIST))

    def _is_the_only(self, key: str, header: str) -> bool:
        """True if the shipped portal finds this header, and no other header of the list by the same column."""
        if not self._knows("columns", key, header):
            return False
        others = [text for text in self._walk.columns.values() if text != header]
        return not any(self._knows("columns", key, text) for text in others)

    def _parties(self) -> None:
        has = "professional_status" in self._walk.columns
        if self._walk.turn is not None:
            self._turn(self._walk.turn)
            return
        if has and not self._base.get("parties"):
            self._set(("parties",), [{"name": PARTY, "column": "professional_status"}], self._on(WalkStage.LIST))
        elif not has and self._base.get("parties"):
            self._set(("parties",), [], self._on(WalkStage.LIST))

    def _turn(self, turn: TaughtTurn) -> None:
        """Write the colours that the person named, with the legend's words for them."""
        words = {hue: text for hue, text in turn.legend.items() if self._may_write(text, "[turn] legend")}

        def legend_of(hue: Hue) -> dict[str, list[str]]:
            return {"legend": [words[hue]]} if hue in words else {}

        place = {"of": "status"} if turn.in_cell else {}
        self._set(
            ("turn",), {"employer": turn.employer.value, **place, **legend_of(turn.employer)}, self._on(WalkStage.LIST)
        )
        party = {"name": PARTY, "colour": turn.party.value, **legend_of(turn.party)}
        self._set(("parties",), [party], self._on(WalkStage.LIST))

    def _opening(self) -> None:
        walk = self._walk
        opening = [press for press in walk.pressed(WalkStage.LIST) if press.at is not None and not press.is_box]
        if not opening:
            self._unknown.append("approving.form")
            return
        last = opening[-1]
        self._label("approve", last)
        at = last.at or At.ROW
        self._set(("approving", "at"), at.value, self._seen(last))
        if at is At.MENU and len(opening) > 1 and self._may_write(opening[-2].name, "[approving] row_menu"):
            self._set(("approving", "row_menu"), opening[-2].name, self._seen(opening[-2]))
        if walk.form_way is FormWay.UNKNOWN:
            self._unknown.append("approving.form")
        else:
            self._set(("approving", "form"), walk.form_way.value, self._on(WalkStage.FORM))
        before = [*walk.pressed(WalkStage.BEFORE_FORM)]
        if before:
            self._set(("approving", "before"), self._steps("form", before, ()), self._on(WalkStage.BEFORE_FORM))

    # --------------------------------------------------------------------------------------------------- form and answer

    def _form(self) -> None:
        for key, label in self._walk.fields.items():
            if self._may_write(label, f"[fields] {key}") and not self._knows("fields", key, label):
                self._set(("fields", key), [label], self._on(WalkStage.FORM))
        ticks = [name for press in self._walk.pressed(WalkStage.FORM) if press.is_box for name in self._tick(press)]
        if ticks:
            self._set(("approving", "tick"), list(dict.fromkeys(ticks)), self._on(WalkStage.FORM))
        left = [press for press in self._walk.pressed(WalkStage.FORM) if not press.is_box]
        if left and self._may_write(left[-1].name, "[unsaved] safe_buttons"):
            self._set(("unsaved", "safe_buttons"), [left[-1].name], self._seen(left[-1]))

    def _saving(self) -> None:
        walk = self._walk
        self._save_button()
        if not walk.has_approved:
            if walk.form_way is not FormWay.UNKNOWN:
                self._unknown += ["window.asks", "window.done"]
            return
        if walk.question:
            self._question()
        answer = self._privacy.longest_part(walk.answer)
        known = [fold(text) for kind in ("done", "refused") for text in self._base["window"][kind]]
        if answer and not any(text in fold(answer) for text in known):
            self._set(("window", "done"), [answer], self._on(WalkStage.ANSWER))

    def _save_button(self) -> None:
        """Write how the control that saves is named: as it was pressed, else as the person named it."""
        walk = self._walk
        saved = [press for press in walk.pressed(WalkStage.ANSWER) if not press.is_box]
        if walk.form_way is FormWay.OPENS and saved:
            self._label("save", saved[0])
        elif walk.form_way is FormWay.OPENS and not walk.save_named:
            self._unknown.append("labels.save")
        elif walk.save_named and not self._knows("labels", "save", walk.save_named):
            if self._may_write(walk.save_named, "[labels] save"):
                self._set(("labels", "save"), [walk.save_named], self._on(WalkStage.FORM))
            else:
                self._unknown.append("labels.save")

    def _question(self) -> None:
        walk = self._walk
        asks = self._privacy.longest_part(walk.question)
        if not asks or speaks_of_consent(walk.question):
            self._found.left_out.append(msg("5.9: the question after saving is not written; it is left unanswered"))
            self._unknown.append("window.asks")
            return
        self._set(("window", "asks"), [asks], self._on(WalkStage.ANSWER))
        agree = self._base["window"]["agree"]
        if self._words.key(walk.agreed) in {"", *self._words.keys(agree)}:
            return
        if self._may_write(walk.agreed, "[window] agree"):
            self._set(("window", "agree"), [walk.agreed], self._on(WalkStage.ANSWER))
            self._set(("window", "close"), [*self._base["window"]["close"], walk.agreed])

    def _proof(self) -> None:
        walk = self._walk
        tabs = [press for press in walk.pressed(WalkStage.PROOF) if press.kind is Kind.TAB]
        if not walk.approved_seen:
            if walk.list is not None:
                self._unknown += ["list.approved", *([] if walk.approved else ["statuses.approved"])]
            return
        if tabs and tabs[-1].name != walk.tab_shown:
            self._tab("approved", tabs[-1].name, tabs[-1])
        else:
            self._set(("list", "approved"), [], self._on(WalkStage.PROOF))

    def _way_out(self) -> None:
        presses = [press for press in self._walk.pressed(WalkStage.WAY_OUT) if not press.is_box]
        if not any(press.name for press in presses):
            self._found.left_out.append(msg("5.10: the way out was not seen"))
            return
        out = next((press for press in presses if self._knows("labels", "sign_out", press.name)), None)
        if out is None:
            self._label("sign_out", presses[-1], any_one=True)
        if len(presses) > 1:
            self._found.comments.setdefault(
                ("labels", "sign_out"),
                msg(
                    "{seen}: in a menu at the page's upper right, known by its place; its words are not written",
                    seen=self._on(WalkStage.WAY_OUT),
                ),
            )

    def _marks(self) -> None:
        """Add marks to pages whose present marks no longer identify them."""
        walk = self._walk
        seen = {"workplaces": walk.workplaces, "home": walk.home, "contracts": walk.list, "form": walk.form}
        stages = {
            "workplaces": WalkStage.WORKPLACE,
            "home": WalkStage.MENU,
            "contracts": WalkStage.LIST,
            "form": WalkStage.FORM,
        }
        before = [press.page for press in walk.pressed(WalkStage.ROLE, WalkStage.WAY_IN)]
        portal = as_portal(self._found.tables)
        for page, snapshot in seen.items():
            others = [other for key, other in seen.items() if key != page and other is not None] + before
            if snapshot is None or _is_recognised(portal, page, snapshot, others):
                continue
            if self._mark(page, snapshot, others):
                self._found.comments[("pages", page)] = self._on(stages[page])

    def _mark(self, page: str, snapshot: Snapshot, others: Sequence[Snapshot]) -> bool:
        """Write the marks that only this page has; return False where it has none."""
        old = self._base["pages"][page]
        marks = self._page_marks.marks_of(page, snapshot, others, after_choice=self._walk.home is not None)
        if not marks:
            self._found.left_out.append(
                msg("[pages.{page}]: nothing on the page distinguishes it from others", page=page)
            )
            return False
        for key in MARKS:
            if key in marks or old.get(key):
                self._set(("pages", page, key), marks.get(key, []))
        if "least" in old:
            self._set(("pages", page, "least"), 1)
        return True

    def _name_unknown(self) -> None:
        own = list(dict.fromkeys(self._unknown))
        walked = self._walk.list is not None
        kept = [key for key in self._base.get("unknown", []) if key not in own and not self._gives(key)]
        if own or kept or self._base.get("unknown") or not walked:
            self._set(("unknown",), [*own, *kept] if walked else [*own, *kept, "list"], "")
            self._found.comments[("unknown",)] = msg(
                "Not seen on this walk; every approval is held while a key is left."
            )

    def _gives(self, key: str) -> bool:
        table: Any = self._found.tables
        for part in key.split("."):
            table = table.get(part) if isinstance(table, Mapping) else None
        return table is not None


def _is_recognised(portal: Portal, page: str, snapshot: Snapshot, others: Sequence[Snapshot]) -> bool:
    """True if a page is known by the marks that the file gives it, and no page that must not be taken for it is."""
    if snapshot.origin not in portal.katip_origins:
        return True  # a page of another origin is read by no file
    confused = page in ("workplaces", "home") and any(is_on(other, portal, page) for other in others[:2])
    return is_on(snapshot, portal, page) and not confused
