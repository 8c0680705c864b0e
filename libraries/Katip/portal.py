"""A portal is data: where it is and how it words things, read from ``resources/portals/NAME.toml``.

An operator mends a label there without touching Python. A file may begin with ``extends = "v9"`` and give only what differs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from Katip.errors import ConfigurationError
from Katip.hues import Hue
from Katip.messages import msg
from Katip.model import Status, Turn
from Katip.origins import NULL, origin_of
from Katip.package_files import resource
from Katip.patience import Patience
from Katip.portal_check import ADDRESSES, PAGER, checked_origin, problems_of
from Katip.portal_procedure import SIGNED_IN, Procedure, read_procedure, used_pages
from Katip.reading.labels import Label, as_label
from Katip.reading.pager_texts import PagerWords
from Katip.reading.wording import Wording
from Katip.system_words import system_words
from Katip.turkish import Vocabulary

_FOLDER = resource("portals")


@dataclass(frozen=True, slots=True)
class PageMarks:
    """By which words one page is known.

    Attributes:
        title: what a person calls the page.
        all: labels that must all be seen.
        any: labels of which some must be seen.
        fields: labels of fields that must all be there.
        columns: names of grid columns that must all be there.
        texts: words of which one must be read somewhere.
        least: how many of ``any`` and ``texts`` must be there.
        none: labels of which none may be seen.
    """

    title: str
    all: tuple[Label, ...] = ()
    any: tuple[Label, ...] = ()
    fields: tuple[Label, ...] = ()
    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    least: int = 1
    none: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class GridWords:
    """A list of the portal besides the contracts, as a section `[grids.NAME]` describes it.

    Attributes:
        menu: the group and the entry of the menu that opens it; empty where it is opened otherwise.
        columns: its columns by name.
        required: names of the columns without which it is not this list; the first of them is filled in every row.
    """

    menu: tuple[str, ...]
    columns: Mapping[str, Label]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything the library knows about one portal.

    Attributes:
        name: its short name.
        title: what a person calls it.
        site_url: the OSGB's site (5.1).
        edevlet_url: the sign-in (5.3); the only origin on which a secret may be typed.
        katip_url: KATİP itself.
        katip_origins: the origins on which KATİP is read and used: that of ``katip_url`` and those that the file declares besides.
        labels: every label by its key.
        pages: by which words each page is known.
        instead: words of what may be seen instead of a page, by kind.
        columns: the grid's columns (5.8).
        fields: the form's fields (5.9).
        statuses: wordings of the statuses.
        texts: patterns of the texts that are read (5.6).
        window: wordings of the small window.
        safe_buttons: labels of buttons that leave a form unsaved.
        grids: lists besides the contracts, for modules.
        wording: the words that reading itself needs.
        procedure: how the portal carries out the clauses.
        patience: how long each kind of waiting may take.
        pause: the least and the greatest pause between actions that the portal asks for.
        compares_picture: False to leave out the comparison of texts with a picture of the window (ADR 25).
    """

    name: str
    title: str
    site_url: str
    edevlet_url: str
    katip_url: str
    katip_origins: frozenset[str]
    labels: Mapping[str, Label]
    pages: Mapping[str, PageMarks]
    instead: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Label]
    fields: Mapping[str, Label]
    statuses: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]
    window: Mapping[str, tuple[str, ...]]
    safe_buttons: tuple[str, ...]
    grids: Mapping[str, GridWords]
    wording: Wording
    procedure: Procedure
    patience: Patience
    pause: tuple[timedelta, timedelta]
    compares_picture: bool = True

    @property
    def signed_in_pages(self) -> tuple[str, ...]:
        """Keys of the pages that only somebody who is signed in sees."""
        between = (*self.procedure.after, *self.procedure.approving.before)
        return tuple(dict.fromkeys((*(step.page for step in between), *SIGNED_IN)))

    @property
    def pages_before_sign_in(self) -> tuple[str, ...]:
        """Keys of the pages on the way to e-Devlet, and of e-Devlet's own."""
        return (*(step.page for step in self.procedure.before), "edevlet")

    @property
    def pages_with_a_way_out(self) -> tuple[str, ...]:
        """Keys of the pages on which the sign-out is looked for."""
        return (*(step.page for step in self.procedure.after), "workplaces", "home")

    @property
    def origin(self) -> str:
        """KATİP's origin, the key of this portal's entries in the journal."""
        return origin_of(self.katip_url)

    def status(self, text: str) -> Status:
        """Return the status that a row's "Grv. Onay Durumu" means.

        Args:
            text: the status as shown.

        Returns:
            Pending, approved, or other for everything the portal's file does not name.
        """
        key = self.wording.words.key(text)
        for status in (Status.PENDING, Status.APPROVED):
            if key in self.wording.words.keys(self.statuses[status.value]):
                return status
        return Status.OTHER

    def turn(self, cells: Mapping[str, str], colour: Hue | None = None) -> Turn:
        """Return a row's status, and who has to approve before the employer.

        Args:
            cells: the row's cells by column.
            colour: the hue of the row or cell that `[turn]` names; None where it is not clear.

        Returns:
            The row's turn; with a doubt where a colour has to tell it and is neither the employer's nor another party's.
        """
        status = self.status(cells.get("status", ""))
        if status is not Status.PENDING:
            return Turn(status)
        for party in self.procedure.parties:
            waits = (
                colour is party.colour
                if party.colour
                else self.status(cells.get(party.column, "")) is not Status.APPROVED
            )
            if waits:
                return Turn(Status.WAITING, party.name)
        turn = self.procedure.turn
        if turn is not None and colour is not turn.employer:
            return Turn(Status.WAITING, doubt=msg("its colour does not tell clearly whose turn it is"))
        return Turn(status)


def portal_names() -> list[str]:
    """Return the names of the portals that ship with the project."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def _file_of(name: str, beside: Path | None = None) -> Path:
    if name.endswith(".toml") or "/" in name or "\\" in name:
        path = Path(name) if Path(name).is_absolute() or beside is None else beside / name
        if path.is_file():
            return path
    if (_FOLDER / f"{name}.toml").is_file():
        return _FOLDER / f"{name}.toml"
    raise ConfigurationError(
        msg("Opening the portal {name!r}", name=name),
        msg("the name of a portal or the path of a TOML file"),
        msg("neither"),
        msg("Known portals: {portal_names}.", portal_names=", ".join(portal_names())),
    )


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for key, value in own.items():
        old = both.get(key)
        both[key] = (
            _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) and "names" not in value else value
        )
    return both


def _read(path: Path, seen: tuple[Path, ...] = ()) -> dict[str, Any]:
    if path in seen:
        raise ConfigurationError(
            msg("Reading the portal file {path}", path=path), msg("`extends` to end somewhere"), msg("a circle")
        )
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            msg("Reading the portal file {path}", path=path),
            msg("a TOML file in UTF-8"),
            system_words(error),
            msg("Correct the file."),
        ) from None
    base = raw.pop("extends", None)
    if base is None:
        return raw
    below = _read(_file_of(str(base), path.parent), (*seen, path))
    both = _merged(below, raw)
    if "unknown" not in raw:
        both["unknown"] = [key for key in below.get("unknown", ()) if not _gives(raw, str(key))]
    return both


def _gives(raw: Mapping[str, Any], key: str) -> bool:
    """True if a file gives a key such as ``approving.form``."""
    value: Any = raw
    for part in key.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return False
        value = value[part]
    return True


def portal_data(name: str) -> dict[str, Any]:
    """Return a portal file merged with the files that it extends, unchecked.

    Args:
        name: the name of a portal, or the path of a TOML file.
    """
    return _read(_file_of(name))


def load_portal(name: str, addresses: Mapping[str, str] | None = None) -> Portal:
    """Read a portal's file.

    Args:
        name: ``practice``, ``v9``, or the path of a TOML file.
        addresses: ``site_url``, ``edevlet_url`` and ``katip_url`` that override the file's; empty ones do not.

    Returns:
        The portal.

    Raises:
        ConfigurationError: if there is no such portal or its file is wrong; every mistake is named.

    Example:
        ``load_portal("v9", {"katip_url": "http://127.0.0.1:8103"})``
    """
    path = _file_of(name)
    raw = _read(path)
    mistakes = problems_of(raw)
    if mistakes:
        raise ConfigurationError(
            msg("Reading the portal file {path}", path=path),
            msg("only known entries of the right kind"),
            "; ".join(mistakes),
            msg("Correct the file."),
        )
    urls = _urls(raw["addresses"], addresses or {})
    labels = _labels(raw["labels"])
    texts, window = _phrases(raw["texts"]), _phrases(raw["window"])
    pager = PagerWords(**{key: tuple(raw["pager"][key]) for key in PAGER if key in raw["pager"]})
    procedure = read_procedure(raw, labels)
    return Portal(
        name=str(raw["name"]),
        title=str(raw.get("title", raw["name"])),
        **urls,
        katip_origins=_katip_origins(urls["katip_url"], raw["addresses"]),
        labels=labels,
        pages={key: _marks(raw["pages"][key], labels) for key in used_pages(procedure)},
        instead=_phrases(raw["instead"]),
        columns=_labels(raw["columns"]),
        fields=_labels(raw["fields"]),
        statuses=_phrases(raw["statuses"]),
        texts=texts,
        window=window,
        safe_buttons=tuple(raw["unsaved"]["safe_buttons"]),
        grids={key: _grid(value) for key, value in raw.get("grids", {}).items()},
        wording=Wording(
            Vocabulary(raw.get("abbreviations", {})),
            pager,
            window["close"],
            texts["loading"],
            texts["empty_grid"],
            texts["totals"],
            texts.get("list_trouble", ()),
            texts.get("unfold_row", ()),
        ),
        patience=Patience.of(raw["pace"], raw.get("patience", {})),
        procedure=procedure,
        pause=_pause(raw["pace"]["pause_ms"]),
        compares_picture=bool(raw.get("drawn", {}).get("compare", True)),
    )


def _urls(own: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return the portal's addresses, checked; those that are given and not empty override the file's."""
    urls = {key: given.get(key) or own.get(key, "") for key in ADDRESSES}
    return {key: checked_origin(key.upper(), url) if url else "" for key, url in urls.items()}


def _labels(table: Mapping[str, Any]) -> dict[str, Label]:
    return {key: _label(value) for key, value in table.items()}


def _phrases(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in table.items()}


def _pause(value: Any) -> tuple[timedelta, timedelta]:
    least, most = value if isinstance(value, list) else (value, value)
    return timedelta(milliseconds=float(least)), timedelta(milliseconds=float(most))


def _katip_origins(katip_url: str, addresses: Mapping[str, Any]) -> frozenset[str]:
    """KATİP's own origin, and the declared ones where it is one of theirs: an address given for another portal is alone."""
    own = {origin_of(katip_url)} - {NULL}
    declared = {origin_of(url) for url in (*addresses.get("katip_origins", ()), addresses.get("katip_url", ""))} - {
        NULL
    }
    return frozenset(own | declared if own & declared else own)


def _label(value: Any) -> Label:
    if isinstance(value, dict):
        return Label(tuple(value["names"]), tuple(value.get("near", ())), bool(value.get("any", False)))
    return as_label(value)


def _grid(value: Mapping[str, Any]) -> GridWords:
    columns = {key: _label(names) for key, names in value["columns"].items()}
    return GridWords(tuple(value.get("menu", ())), columns, tuple(value.get("required", list(columns)[:1])))


def _marks(value: Mapping[str, Any], labels: Mapping[str, Label]) -> PageMarks:
    def resolved(names: Sequence[str]) -> tuple[Label, ...]:
        return tuple(labels[name[1:]] if name.startswith("@") else as_label(name) for name in names)

    return PageMarks(
        str(value.get("title", "")),
        resolved(value.get("all", ())),
        resolved(value.get("any", ())),
        resolved(value.get("fields", ())),
        tuple(value.get("columns", ())),
        tuple(value.get("texts", ())),
        int(value.get("least", 1)),
        resolved(value.get("none", ())),
    )
