"""Read the form "SÖZLEŞME ONAY" (5.9): its fields, and the button that saves it."""

from __future__ import annotations

from Katip.errors import LabelAmbiguous, LabelNotFound
from Katip.messages import msg
from Katip.model import ApprovalForm, parse_date, parse_minutes
from Katip.pages.component import PageComponent
from Katip.reading import forms, labels
from Katip.reading.grids import Grid
from Katip.reading.labels import Control, Kind
from Katip.reading.snapshot import Node, Snapshot
from Katip.reading.values_by_place import FieldValue
from Katip.turkish import visible

_TELLING = frozenset({"gorevlendirme_id", "minutes", "start", "contract_name"})


class FormReader(PageComponent):
    """Reads the contract's form, apart from the list behind or beside it."""

    def read(self, snapshot: Snapshot) -> ApprovalForm | None:
        """Return the form's values; None where no form is shown that names a person and can be saved."""
        fields = self.fields(snapshot)
        if "name" not in fields or not fields["name"].value or not _TELLING & fields.keys():
            return None
        if self.save_button(snapshot) is None:
            return None

        def value(key: str) -> str:
            return visible(fields[key].value) if key in fields else ""

        return ApprovalForm(
            name=value("name"),
            gorevlendirme_id=value("gorevlendirme_id") or None,
            minutes=parse_minutes(value("minutes")),
            fields={field.label: self.session.covered(field.value) for field in fields.values()},
            start=parse_date(value("start")),
            contract_name=value("contract_name"),
        )

    def fields(self, snapshot: Snapshot) -> dict[str, FieldValue]:
        """Return the form's fields; the headers of the list behind or beside it are no labels of it."""
        grid = self._grid(snapshot)
        headers = [header.node for header in grid.headers] if grid is not None else []
        # A list that draws only the columns in sight may not show those by which it is known.
        headers += [node for node in snapshot.nodes if node.role == "columnheader" and _is_of_grid(node)]
        return forms.read_form(
            snapshot, self.portal.fields, self.portal.wording.words, near=self.session.label("save"), apart_from=headers
        )

    def _grid(self, snapshot: Snapshot) -> Grid | None:
        if not self.rows_can_save:
            return None
        return self.reader.see_grid(snapshot, self.portal.columns, ("name", "status"), "name")

    @property
    def rows_can_save(self) -> bool:
        """True if a control of the list reads like the one that saves the form."""
        words = self.portal.wording.words
        return bool(words.keys(self.session.label("save").names) & words.keys(self.session.label("approve").names))

    def save_button(self, snapshot: Snapshot) -> Control | None:
        """Return "Kayıt"; None where no form is shown.

        Raises:
            LabelAmbiguous: there are several, equally near to the fields.
        """
        label, words = self.session.label("save"), self.portal.wording.words
        if not self.rows_can_save:
            try:
                return labels.find(snapshot, label, Kind.BUTTON, words)
            except LabelNotFound:
                return None
        return self._beside_the_fields(snapshot)

    def _beside_the_fields(self, snapshot: Snapshot) -> Control | None:
        """Of several controls that read like the one that saves, the one in the form's own part of the page.

        Raises:
            LabelAmbiguous: Several are equally near to the fields.
        """
        area = self.area(snapshot)
        if area is None:
            return None
        found = self._controls_that_save(snapshot)
        depth = [snapshot.depth_of_common(area, control.node) for control in found]
        nearest = [control for control, deep in zip(found, depth, strict=True) if deep == max(depth)]
        nearest = self._outside_of_rows(snapshot, nearest, area)
        if len(nearest) > 1:
            raise LabelAmbiguous(
                msg("Reading the form"), self.session.label("save").name, [control.describe() for control in nearest]
            )
        return nearest[0] if nearest else None

    def _controls_that_save(self, snapshot: Snapshot) -> list[Control]:
        """Return the buttons and links whose whole text is that of the control that saves, each once."""
        hits = labels.hits(snapshot, self.session.label("save"), self.portal.wording.words)
        shown = [control for control in hits if control.whole and not control.piece.covered]
        return labels.one_place([control for control in shown if control.kind in (Kind.BUTTON, Kind.LINK)])

    def _outside_of_rows(self, snapshot: Snapshot, controls: list[Control], area: Node) -> list[Control]:
        """Return the controls that are in no row of the list; one in the form's own dialog is in none of a list behind it."""
        grid = self._grid(snapshot)
        if grid is None or grid.area is None:
            return controls
        rows, dialog = grid.area, next((node for node in area.ancestors() if forms.is_dialog(node)), None)
        in_front = dialog is not None and not any(header.node.within(dialog) for header in grid.headers)
        return [
            control
            for control in controls
            if not control.node.within(rows) or (in_front and dialog is not None and control.node.within(dialog))
        ]

    def area(self, snapshot: Snapshot) -> Node | None:
        """Return the smallest part of the page that holds all fields."""
        return forms.form_area(snapshot, self.fields(snapshot))


def _is_of_grid(node: Node) -> bool:
    return any(one.role in ("grid", "treegrid") for one in node.ancestors())
