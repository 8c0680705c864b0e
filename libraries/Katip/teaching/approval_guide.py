"""Guide through one contract's form, its answer, and the proof of the approval (5.9, 5.10)."""

from __future__ import annotations

from Katip.messages import msg
from Katip.portal_procedure import FormWay
from Katip.reading import windows
from Katip.reading.labels import Kind, sign_of
from Katip.reading.snapshot import Snapshot
from Katip.teaching.columns import OTHER_STATUS
from Katip.teaching.form import fields_of, held_values, numbers_of
from Katip.teaching.list_guide import ListGuide, listed
from Katip.teaching.pressed import Pressed, is_of
from Katip.teaching.walk import Found, WalkStage
from Katip.teaching.watching import Spot
from Katip.turkish import fold

_LEAVING = ("vazgec", "iptal", "kapat", "geri", "cancel", "close")
_PLAIN = str.maketrans("şçğöü", "scgou")


class ApprovalGuide(ListGuide):
    """Guides through the whole walk, the approval included."""

    def fill_form(self) -> None:
        """Watch the form: what is ticked, and how it is saved or left (5.9)."""
        form, before, row = self.walk.form, self.before_opening, self.row or {}
        self.walk.pending = row.get("status", "")
        self.walk.approved = row.get(OTHER_STATUS, "")
        if form is None or before is None:
            return
        self.walk.cells |= set(held_values(before, form, self.portal, self.walk.cells))
        if "gorevlendirme_id" not in self.walk.fields and "gorevlendirme_id" not in self.walk.columns:
            numbers = [
                label
                for label in numbers_of(before, form, self.portal, self.walk.cells)
                if label not in self.walk.fields.values()
            ]
            chosen = self.choose(msg("5.9: Which field shows the contract's number?"), numbers) if numbers else ""
            self.walk.fields |= {"gorevlendirme_id": chosen} if chosen else {}
        self.say(msg("5.9: The form. The robot takes these fields: {fields}",
                     fields=listed(self.walk.fields)))  # fmt: skip
        if self.agrees(
            msg("  Will you really approve this contract on this walk? It is your own decision and your own press."),
            unless_said=False,
        ):
            self.watch(
                msg("5.9: Tick what belongs to the approval, then save it yourself."), lambda _: None, self._of_form
            )
            return
        self.walk.save_named = self.choose(msg("  Which button WOULD save it? It is not pressed."), self._buttons(form))
        self.watch(msg("5.9: Leave the form without saving."), self._form_is_gone, self._of_leaving)

    def _buttons(self, form: Snapshot) -> list[str]:
        new = windows.new_pieces(self.before_opening, form)
        pieces = [piece for piece in new if not piece.is_value and len(piece.text) <= 40]
        return list(
            dict.fromkeys(
                piece.text
                for piece in pieces
                if any(sign_of(one) in (Kind.BUTTON, Kind.LINK) for one in [piece.node, *piece.node.ancestors()][:4])
            )
        )

    def _form_is_gone(self, snapshot: Snapshot) -> bool | None:
        before, row = self.before_opening, self.row
        if before is None or row is None or snapshot.busy or not any(self.walk.pressed(WalkStage.FORM)):
            return None
        return True if not fields_of(before, snapshot, row, self.portal, self.walk.cells) else None

    def _of_form(self, control: Pressed, page: Snapshot, _: Spot) -> bool | None:
        if self.refuse_consent(control) or not self.is_over(control, page):
            return None
        folded = fold(control.name).translate(_PLAIN)
        if control.is_box or any(word in folded for word in _LEAVING):
            self.note(WalkStage.FORM, control, page, Kind.BUTTON)
            return None if control.is_box else False
        found = self._on_form(control, page)
        self.note(WalkStage.ANSWER, control, page, Kind.BUTTON, found)
        return True

    def _on_form(self, control: Pressed, page: Snapshot) -> tuple[Found, tuple[str, ...]]:
        """The robot looks for the button that saves among those of the form: a row may have one of the same words."""
        form = [
            node
            for node in control.owner.ancestors()
            if any(piece.text in self.walk.fields.values() for piece in page.pieces_in(node))
        ]
        return self.find_one(page, control, Kind.BUTTON, form[0] if form else None)

    def _of_leaving(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        if self.refuse_consent(control) or not self.is_over(control, page):
            return
        self.note(WalkStage.FORM, control, page, Kind.BUTTON)

    def show_approved(self) -> None:
        """Watch the answer, and where the approved contract is seen afterwards (5.9, 5.10)."""
        saved = next(self.walk.pressed(WalkStage.ANSWER), None)
        before = saved.page if saved is not None else self.before_opening
        if saved is None and self.walk.form_way is not FormWay.NONE:
            return

        def answered(snapshot: Snapshot) -> bool | None:
            self.hear_answer(before, snapshot)
            return self._is_shown_as_approved(snapshot)

        self.watch(
            msg("5.9–5.10: Answer what the portal asks, then show the contract where it stands as approved: open that list or tab. "
                "(Enter: it is not shown)"),
            answered,
            self._of_proof,
        )  # fmt: skip

    def _of_proof(self, control: Pressed, page: Snapshot, _: Spot) -> None:
        if control.kind is Kind.TAB:
            self.note(WalkStage.PROOF, control, page, Kind.TAB)
            return
        window = self.reader.see_window(self.before_opening, page)
        if window is not None and len(window.buttons) > 1 and any(is_of(button, control) for button in window.buttons):
            self.walk.agreed = control.name
            self.say(msg('  5.9: the question was answered with "{name}".', name=control.name))

    def _is_shown_as_approved(self, snapshot: Snapshot) -> bool | None:
        """True once the contract's row shows another status, in a list that was sent again where the page has several."""
        if snapshot.busy or self.reader.is_loading(snapshot):
            return None
        if self.has_tabs and not any(self.walk.pressed(WalkStage.PROOF)):
            return None
        row = self.same_row(snapshot)
        status = row.get("status", "") if row is not None else ""
        if not status or self.words.key(status) == self.words.key(self.walk.pending):
            return None
        if not self.agrees(
            msg('5.10: Its status there is "{status}". Is that the status of an approved contract?', status=status),
            unless_said=True,
        ):
            return False
        self.walk.approved, self.walk.approved_seen = status, True
        return True
