"""Guide through the list, one contract's approval as far as the person goes, and the proof of it (5.8 to 5.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from Katip.messages import msg
from Katip.model import id_key, parse_date
from Katip.portal_procedure import At, FormWay
from Katip.reading import windows
from Katip.reading.cells import Row
from Katip.reading.labels import Kind, Label, sign_of
from Katip.reading.row_controls import controls_in_row
from Katip.reading.snapshot import Snapshot
from Katip.teaching.columns import (
    OPTIONAL,
    OTHER_STATUS,
    REQUIRED,
    acting_headers,
    candidates,
    cells_by_header,
    is_status,
    list_on,
)
from Katip.teaching.form import fields_of
from Katip.teaching.pressed import Pressed, is_of
from Katip.teaching.turn import ask_turn
from Katip.teaching.walk import Found, Press, WalkStage
from Katip.teaching.watching import Spot
from Katip.teaching.way_guide import WayGuide
from Katip.turkish import names_agree, visible, without_counter

_FEWEST_HEADERS = 3
_MENU_ROLES = frozenset({"menu", "listbox", "menubar"})


class ListGuide(WayGuide):
    """Guides through the clauses that concern one contract."""

    before_opening: Snapshot | None = None
    row: Mapping[str, str] | None = None
    _cells: dict[str, list[str]]
    _acting: set[str]
    has_tabs = False
    _ends_with_question = False

    # ----------------------------------------------------------------------------------------------------------- list

    def open_list(self) -> None:
        """Watch the menu, as far as the list (5.6, 5.7)."""
        self._cells, self._acting = {}, set()
        self.watch(msg("5.6–5.7: Open the list of contracts."), self._list_is_there, self._of_menu)

    def _of_menu(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        self.walk.home = self.walk.home or page
        last = self.walk.presses[-1] if self.walk.presses else None
        if last is not None and last.stage is WalkStage.MENU and last.name == control.name:
            return  # folded and unfolded again
        self.note(WalkStage.MENU, control, page, Kind.MENU)

    def _list_is_there(self, snapshot: Snapshot) -> bool | None:
        if snapshot.busy or self.reader.is_loading(snapshot):
            return None
        grid = list_on(snapshot, self.portal, self.reader)
        if grid is None or len([header for header in grid.headers if header.label]) < _FEWEST_HEADERS:
            return None
        columns = candidates(cells_by_header(grid.rows), self.portal)
        return True if sum(bool(columns[key]) for key in REQUIRED) >= 2 else None

    def name_columns(self) -> None:
        """Print which column was recognised as what, and ask if one is not clear."""
        for _ in range(10):
            if self.now is not None:
                break
            self.look()
        if self.now is None or not self._collect(self.now):
            return
        tabs = _tabs(self.now)
        self.has_tabs = bool(tabs)
        self.walk.tab_shown, self.walk.tab_counts = next(
            ((name, counts) for name, counts, shown in tabs if shown), ("", False)
        )
        columns = candidates(self._cells, self.portal)
        if not all(columns[key] for key in REQUIRED):
            self.watch(
                msg("5.8: Some columns are not in sight: scroll the list to its right end, then press Enter."),
                self._collect_more,
                lambda *_: None,
            )
            columns = candidates(self._cells, self.portal)
        self._settle_statuses(columns)
        for key in (*REQUIRED, *OPTIONAL):
            self._settle(key, columns[key])
        self.say(
            msg("5.8: The list. The robot takes these columns: {columns}",
                columns=listed(self.walk.columns))
        )  # fmt: skip
        if not self.agrees(msg("  Is that right?"), unless_said=True):
            for key in (*REQUIRED, OTHER_STATUS, *OPTIONAL):
                self.walk.columns.pop(key, None)
                self._settle(key, [])
        self._ask_turn()
        self._keep_cells()

    def _ask_turn(self) -> None:
        """Ask what the colours of the rows mean, where no column shows the professional's side."""
        if OTHER_STATUS in self.walk.columns or "status" not in self.walk.columns:
            return
        self.reader.driver.colours = True
        try:
            self.look()
        finally:
            self.reader.driver.colours = False
        grid = list_on(self.now, self.portal, self.reader) if self.now is not None else None
        if self.now is not None and grid is not None:
            self.walk.turn = ask_turn(self.now, grid, self.walk.columns["status"], self.choose)

    def _collect(self, snapshot: Snapshot) -> bool:
        """Add what a look shows of the list; a list of virtual columns shows a part of them at a time."""
        grid = list_on(snapshot, self.portal, self.reader)
        if grid is None:
            return False
        self._cells |= cells_by_header(grid.rows)
        self._acting |= acting_headers(grid.rows)
        return True

    def _collect_more(self, snapshot: Snapshot) -> None:
        self._collect(snapshot)

    def _keep_cells(self) -> None:
        for texts in self._cells.values():
            self.walk.cells |= {text for text in texts if text}
        self.walk.personal |= {text for text in self._cells.get(self.walk.columns.get("name", ""), ()) if text}

    def _settle_statuses(self, columns: Mapping[str, list[str]]) -> None:
        """Ask which of two status columns is the employer's, if it is not clear."""
        own, other = ([h for h in columns[key] if h not in self._acting] for key in ("status", OTHER_STATUS))
        if len(own) == 1 and len(other) == 1:
            self.walk.columns |= {"status": own[0], OTHER_STATUS: other[0]}
            return
        more = (h for h, cells in self._cells.items() if h not in self._acting and self._are_statuses(cells))
        statuses = list(dict.fromkeys([*own, *other, *more]))
        if len(statuses) < 2:
            self.walk.columns |= {"status": statuses[0]} if statuses else {}
        else:
            self._ask_for_statuses(statuses)

    def _ask_for_statuses(self, statuses: Sequence[str]) -> None:
        """Ask which column shows the employer's side, and which the professional's."""
        chosen = self.choose(msg("  Which column shows YOUR (the employer's) side of the approval?"), statuses)
        if not chosen:
            return
        self.walk.columns["status"] = chosen
        rest = [each for each in statuses if each != chosen]
        partner = self.choose(msg("  Which column shows the professional's side of the approval?"), rest)
        if partner:
            self.walk.columns[OTHER_STATUS] = partner

    def _are_statuses(self, cells: Sequence[str]) -> bool:
        texts = [text for text in cells if text]
        return bool(texts) and all(is_status(text, self.portal) for text in texts) and len(set(texts)) <= 6

    def _settle(self, key: str, headers: Sequence[str]) -> None:
        if key in self.walk.columns:
            return
        taken = set(self.walk.columns.values())
        free = [header for header in headers if header not in taken]
        if len(free) == 1:
            self.walk.columns[key] = free[0]
        elif free or key in (*REQUIRED, OTHER_STATUS):
            rest = free or [header for header in self._cells if header not in taken]
            chosen = self.choose(msg("  Which column shows {meaning}?", meaning=_meaning(key)), rest)
            if chosen:
                self.walk.columns[key] = chosen

    # -------------------------------------------------------------------------------------------------------- opening

    def open_approval(self) -> None:
        """Watch how one contract's approval is opened (5.8)."""
        ended = self.watch(
            msg("5.8: Open ONE contract that you want to approve: press its approval. Nobody knows yet whether that press opens a form or "
                "approves at once: it is your decision. (Enter: stop here, nothing is approved)"),
            self._after_opening,
            self._of_list,
        )  # fmt: skip
        if ended is None:
            self.walk.list = self.walk.list or self.now
            self.walk.presses = [press for press in self.walk.presses if press.at is None]

    def _of_list(self, control: Pressed, page: Snapshot, spot: Spot) -> None:
        if control.kind is Kind.TAB:
            self.walk.presses = [press for press in self.walk.presses if press.stage is not WalkStage.LIST]
            self._cells = {}
            self.note(WalkStage.LIST, control, page, Kind.TAB)
            return
        grid = list_on(page, self.portal, self.reader)
        rows = grid.rows if grid is not None else []
        row = next((one for one in rows if one.box.y <= spot.y <= one.box.bottom), None)
        covered = self.is_over(control, page)
        if row is not None and not covered:
            self._in_row(control, page, row, rows)
        elif self.before_opening is not None and covered:
            self._over_list(control, page)
        elif self._opens_from_toolbar(control, rows):
            self._forget_opening()
            self._mark(self.note(WalkStage.LIST, control, page, Kind.BUTTON), At.TOOLBAR)
            self.before_opening = page

    def _opens_from_toolbar(self, control: Pressed, rows: Sequence[Row]) -> bool:
        return bool(control.name) and not control.is_box and self._is_above(control, rows)

    def _in_row(self, control: Pressed, page: Snapshot, row: Row, rows: Sequence[Row]) -> None:
        self.row = self._row_of(rows, row)
        if control.is_box or not control.name or not _acts(control, row):
            return  # the row was selected
        self._forget_opening()
        found = controls_in_row(page, row, Label((control.name,)), self.words)
        how = Found.NOT if not found else Found.SEVERAL if len(found) > 1 else Found.EXACTLY
        if how is Found.EXACTLY and not is_of(found[0], control):
            how = Found.SEVERAL
        self._mark(self.note(WalkStage.LIST, control, page, Kind.BUTTON, (how, ())), At.ROW)
        self.before_opening = page

    def _over_list(self, control: Pressed, page: Snapshot) -> None:
        """A press in what came over the list: an entry of the row's menu, or a page before the form."""
        last = self.walk.presses[-1]
        if last.at is At.ROW and self._is_menu(control, page):
            self.walk.presses[-1] = replace(last, at=At.MENU)
            self._mark(self.note(WalkStage.LIST, control, page, Kind.MENU), At.MENU)
            self.before_opening = page
            return
        if control.is_box and self.refuse_consent(control):
            return
        self.note(WalkStage.BEFORE_FORM, control, page, Kind.BUTTON)

    def is_over(self, control: Pressed, page: Snapshot) -> bool:
        """True if a control came after the press on the list."""
        before = self.before_opening
        if before is None or before is page:
            return False
        new = {id(run) for piece in windows.new_pieces(before, page) for run in piece.runs}
        inside = [node for node in control.owner.walk() if id(node) in new]
        boxed = control.is_box and any(id(node) in new for node in (control.owner.parent or control.owner).walk())
        return bool(inside) or boxed

    def _is_menu(self, control: Pressed, page: Snapshot) -> bool:
        if any(one.role in _MENU_ROLES for one in control.owner.ancestors()):
            return True
        new = [piece for piece in windows.new_pieces(self.before_opening, page) if not piece.is_value]
        return all(any(sign_of(one) is not None for one in [piece.node, *piece.node.ancestors()][:3]) for piece in new)

    @staticmethod
    def _is_above(control: Pressed, rows: Sequence[Row]) -> bool:
        return not rows or control.owner.box.bottom <= rows[0].box.y + 2

    def _mark(self, press: Press, at: At) -> None:
        self.walk.presses[-1] = replace(press, at=at)

    def _forget_opening(self) -> None:
        """Only the press that opens counts: what was pressed on the list before it leads somewhere else."""
        self.walk.presses = [
            press for press in self.walk.presses if press.at is None and press.stage is not WalkStage.BEFORE_FORM
        ]

    def _row_of(self, rows: Sequence[Row], row: Row) -> dict[str, str]:
        """The row's cells by column, with those that were in sight before only."""
        place = next(number for number, one in enumerate(rows) if one is row)
        texts = {header: visible(text) for header, text in row.cells.items()}
        before = {header: known[place] for header, known in self._cells.items() if len(known) == len(rows)}
        name = self.walk.columns.get("name", "")
        if before.get(name) == texts.get(name):
            texts |= before  # pinned columns cover others once the list is scrolled
        found = {key: texts.get(header, "") for key, header in self.walk.columns.items()}
        self.walk.personal |= {found.get("name", "")} - {""}
        return found

    def _after_opening(self, snapshot: Snapshot) -> bool | None:
        """Return what followed the press: a form, or an answer without one."""
        if self.before_opening is None or self.row is None:
            if self.before_opening is None:
                self._collect(snapshot)
            return None
        if snapshot.busy or self.reader.is_loading(snapshot):
            return None
        fields = fields_of(self.before_opening, snapshot, self.row, self.portal, self.walk.cells)
        if fields:
            self.walk.form_way, self.walk.form, self.walk.fields = FormWay.OPENS, snapshot, fields
            self.walk.list = self._first_list()
            return True
        return self._without_form(snapshot)

    def _first_list(self) -> Snapshot | None:
        """The list as it was before anything came over it."""
        return next((press.page for press in self.walk.presses if press.at is not None), self.before_opening)

    def _without_form(self, snapshot: Snapshot) -> bool | None:
        """Where no form came, a question or a message may have: the person says whether that was the approval."""
        before = self.before_opening
        self.hear_answer(before, snapshot)
        row = self.same_row(snapshot)
        changed = row is not None and row.get("status", "") not in ("", (self.row or {}).get("status", ""))
        if not (self.walk.answer or changed) or self._ends_with_question:
            return None
        self._ends_with_question = True
        if not self.agrees(msg("  No form was seen. Did this press approve the contract?"), unless_said=False):
            return None
        self.walk.form_way, self.walk.list = FormWay.NONE, self._first_list()
        steps = [press for press in self.walk.presses if press.stage is WalkStage.BEFORE_FORM]
        self.walk.agreed = steps[-1].name if steps else self.walk.agreed
        self.walk.presses = [press for press in self.walk.presses if press.stage is not WalkStage.BEFORE_FORM]
        return True

    # ---------------------------------------------------------------------------------------------------------- answer

    def hear_answer(self, before: Snapshot | None, snapshot: Snapshot) -> None:
        """Keep the words of a question or a message that came since an earlier look."""
        if snapshot.dialog is not None:
            self._keep_words(snapshot.dialog.message, asks=snapshot.dialog.kind != "alert")
            return
        window = self.reader.see_window(before, snapshot)
        if window is not None and window.text and not self._shows_form(window.text):
            self._keep_words(window.text, asks=len(window.buttons) > 1)

    def _shows_form(self, text: str) -> bool:
        return any(label in text for label in self.walk.fields.values())

    def _keep_words(self, text: str, *, asks: bool) -> None:
        if asks:
            self.walk.question = text if len(text) > len(self.walk.question) else self.walk.question
        elif text != self.walk.question:
            self.walk.answer = text if len(text) > len(self.walk.answer) else self.walk.answer

    def same_row(self, snapshot: Snapshot) -> dict[str, str] | None:
        """The row of the contract that was opened, as it is seen now."""
        grid = list_on(snapshot, self.portal, self.reader)
        if grid is None or self.row is None:
            return None
        columns = self.walk.columns
        for one in grid.rows:
            cells = {key: visible(one.cells.get(header, "")) for key, header in columns.items()}
            if all(
                _agree(key, cells.get(key, ""), self.row.get(key, "")) for key in ("name", "start", "gorevlendirme_id")
            ):
                return cells
        return None


def _acts(control: Pressed, row: Row) -> bool:
    """True for a control of the row; a cell that only reacts to the pointer selects the row."""
    sign = sign_of(control.owner)
    if sign in (None, Kind.HEADING, Kind.CHOICE):
        return False
    return sign is not Kind.ANY or visible(control.name) not in {visible(text) for text in row.cells.values()}


def _agree(key: str, one: str, other: str) -> bool:
    """True unless two cells of a column differ; a cell that is not in sight says nothing, but for the name."""
    if key == "name":
        return bool(one and other) and names_agree(one, other)
    if not one or not other:
        return True
    if key == "start":
        return parse_date(one) == parse_date(other)
    return id_key(one) == id_key(other)


def _tabs(snapshot: Snapshot) -> list[tuple[str, bool, bool]]:
    """The tabs of a page in sight: their words, whether a number is behind them, whether each is the present one."""
    found = []
    for node in snapshot.nodes:
        if node.role == "tab" and node.in_sight:
            pieces = snapshot.pieces_in(node)
            whole = snapshot.text_of(node)
            words = without_counter(visible(pieces[0].without_badge if len(pieces) == 1 else whole))
            found.append((words, words != whole, node.selected))
    return found


def listed(labels: Mapping[str, str]) -> str:
    """Return columns or fields in words, for the console.

    Args:
        labels: name in the portal's file to header or label.
    """
    return "; ".join(f"{_meaning(key)}: «{label}»" for key, label in labels.items())


def _meaning(key: str) -> str:
    return {
        "name": msg("the professional's name"),
        "start": msg("the start date"),
        "status": msg("whether the employer has approved"),
        OTHER_STATUS: msg("whether the professional has approved"),
        "gorevlendirme_id": msg("the contract's number"),
        "category": msg("the professional's category"),
        "contract_name": msg("the contract's own name"),
        "minutes": msg("the minutes a month"),
    }[key]
