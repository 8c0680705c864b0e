"""Fonts, fills and number formats of a workbook: what hides a cell's text from whoever opens the file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from Katip.approvals.table_cells import STRUCK
from Katip.approvals.workbook.archive import Parts, child, children, flag, is_true, local
from Katip.approvals.workbook.attributes import real, whole
from Katip.approvals.workbook.colours import BLACK, LEAST_CONTRAST, WHITE, Palette, Rgb, contrast, read_palette
from Katip.approvals.workbook.formats import GENERAL, format_code
from Katip.messages import msg_id

_T = TypeVar("_T")
_LEAST_POINTS: Final = 4.0
_MOST_INDENT: Final = 20
_DENSE: Final = ("dark", "mediumGray")  # patterns whose dots are at least as many as the gaps
_SYMBOL_CHARSET: Final = "2"  # ECMA-376, 18.4.1
#: Beginnings of the names of fonts that draw signs, bars, blocks or nothing where the text has letters.
_SIGN_FONTS: Final = (
    *("wingdings", "webdings", "symbol", "marlett", "mt extra", "bookshelf symbol", "opensymbol", "starsymbol"),
    *("standard symbols", "monotype sorts", "zapfdingbats", "zapf dingbats", "itc zapf dingbats", "d050000l"),
    *("euclid symbol", "euclid extra", "ms outlook", "ms reference specialty"),
    *(
        "segoe mdl2",
        "segoe fluent icons",
        "hololens mdl2",
        "font awesome",
        "fontawesome",
        "material icons",
        "material symbols",
    ),
    *("adobe blank", "adobenotdef", "redacted", "flow block", "flow circular", "flow rounded", "blokk"),
    *("code 39", "code39", "code 128", "code128", "code 93", "codabar", "ean-13", "ean13", "upc-a", "libre barcode"),
    *("free 3 of 9", "3 of 9", "c39", "idautomation", "barcode", "bar-code", "bar code"),
)

UNSEEN_COLOUR: Final = msg_id("its colour is too close to the colour behind it; set both back to normal")
DARK_TABLE: Final = msg_id("its own colour may not be seen on the dark table style; choose a light table style")
TOO_SMALL: Final = msg_id("its letters are too small to be read; set the font size back to normal")
SIGNS: Final = msg_id("its font shows signs instead of letters; set the font back to normal")
CROSSED: Final = msg_id("its cell is crossed out by a diagonal border; remove the border, or the row")
REPEATED: Final = msg_id("its alignment repeats it over the cell; set the alignment back to normal")
MIRRORED: Final = msg_id(
    "it is written from right to left, which turns numbers round; set the direction back to normal"
)
OUT_OF_CELL: Final = msg_id("its indent moves it out of the cell; set the alignment back to normal")

_WRAPPING: Final = frozenset({"justify", "distributed"})


@dataclass(frozen=True, slots=True)
class Font:
    """A font as far as it decides what is seen.

    Attributes:
        struck: True if it strikes the text through.
        colour: the element that names its colour, or None.
        points: its size.
        signs: True if it draws signs instead of letters.
        scheme: ``major`` or ``minor`` where the theme's font counts instead of its own; else empty.
    """

    struck: bool = False
    colour: Element | None = None
    points: float = 11.0
    signs: bool = False
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A cell's style.

    Attributes:
        font: its font.
        grounds: the colours of its ground; several for a pattern or a gradient, empty for none.
        code: its number format.
        indent: how far its text is indented, in widths of about three blanks.
        horizontal: its horizontal alignment; empty for the usual one.
        is_rotated: True if its text is not horizontal.
        shrinks: True if its text is made as small as the cell needs.
        distorts: why its border or alignment shows another text; empty where they do not.
        wraps: True if a text that is too long for its cell goes on in the line below.
    """

    font: Font = field(default_factory=Font)
    grounds: tuple[Rgb, ...] = ()
    code: str = GENERAL
    indent: int = 0
    horizontal: str = ""
    is_rotated: bool = False
    shrinks: bool = False
    distorts: str = ""
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What a conditional format or a table's style changes.

    Attributes:
        font: the element of its font, or None.
        grounds: the colours of its ground; empty where it changes none.
        changes_format: True if it has a number format of its own.
        of_built_in_table: True for a table's style that the file does not hold: it leaves a font's own colour, and a ground of
            the cell's own counts before it.
    """

    font: Element | None
    grounds: tuple[Rgb, ...]
    changes_format: bool
    of_built_in_table: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a workbook.

    Attributes:
        palette: its colours.
        cells: styles of cells by their number.
        differences: what conditional formats and tables change, by number.
        tables: names of the workbook's own table styles, and for each the kinds and numbers of their differences.
        sign_schemes: which of the theme's two fonts draws signs instead of letters.
    """

    palette: Palette
    cells: tuple[Style, ...]
    differences: tuple[Difference, ...]
    tables: dict[str, tuple[tuple[str, int], ...]]
    sign_schemes: frozenset[str] = frozenset()

    def of(self, number: str) -> Style:
        """Return a style by the number that a cell names; the first where it names none.

        Args:
            number: the cell's attribute ``s``.
        """
        index = whole(number, 0)
        return self.cells[index] if index < len(self.cells) else Style()

    def hides(self, style: Style, runs: tuple[Font, ...] = ()) -> str:
        """Return why a text of a style cannot be read as it is; empty where it can.

        Args:
            style: the cell's style.
            runs: fonts of the text's own runs, where it has any.
        """
        fonts = runs or (style.font,)
        if any(font.signs or font.scheme in self.sign_schemes for font in fonts):
            return SIGNS
        if style.distorts:
            return style.distorts
        reasons = (
            _hides(font.struck, font.points, self.palette.rgb(font.colour, BLACK), style.grounds, style.indent)
            for font in fonts
        )
        return next(filter(None, reasons), "")

    def may_hide(self, difference: Difference, style: Style) -> str:
        """Return how a difference would hide a text of a style, where it takes effect; empty where it would not.

        Args:
            difference: of a conditional format or a table's style.
            style: the cell's own style.
        """
        if difference.changes_format:
            return msg_id("a conditional format may show something else than it holds; delete the conditional formats")
        font = read_font(difference.font, style.font) if difference.font is not None else style.font
        if difference.of_built_in_table and (style.grounds or self._is_default_colour(font)):
            return self.hides(replace(style, font=font))
        if difference.of_built_in_table and not difference.grounds:
            return DARK_TABLE
        changed = replace(style, font=font, grounds=difference.grounds or style.grounds)
        return self.hides(changed)

    def _is_default_colour(self, font: Font) -> bool:
        """Return True if a font has the colour of the workbook's first style, which a table's style replaces."""
        first = self.cells[0].font.colour
        return _named(font.colour) == _named(first)


def _named(colour: Element | None) -> dict[str, str]:
    return dict(colour.attrib) if colour is not None else {}


@lru_cache(maxsize=4096)
def _hides(struck: bool, points: float, colour: Rgb, grounds: tuple[Rgb, ...], indent: int) -> str:
    if struck:
        return STRUCK
    if points < _LEAST_POINTS:
        return TOO_SMALL
    if any(contrast(colour, ground) < LEAST_CONTRAST for ground in grounds or (WHITE,)):
        return UNSEEN_COLOUR
    return OUT_OF_CELL if indent > _MOST_INDENT else ""


def read_font(element: Element, base: Font | None = None) -> Font:
    """Return a font.

    Args:
        element: ``font`` of styles.xml, or ``rPr`` of a text's run.
        base: what counts where the element says nothing.
    """
    base = base or Font()
    strike, colour, size = child(element, "strike"), child(element, "color"), child(element, "sz")
    points = base.points if size is None else real(size.get("val", "11"))
    return Font(
        is_true(strike) if strike is not None else base.struck,
        base.colour if colour is None else colour,
        base.points if points is None else points,
        _draws_signs(element, base.signs),
        _scheme(element, base.scheme),
    )


def _scheme(element: Element, otherwise: str) -> str:
    found = child(element, "scheme")
    if found is not None:
        return found.get("val", "")
    return "" if child(element, "name") is not None or child(element, "rFont") is not None else otherwise


def _draws_signs(element: Element, otherwise: bool) -> bool:
    """Return True if a font's name or character set is that of signs; its name is ``rFont`` in a text's run."""
    names = [each.get("val", "") for name in ("name", "rFont") for each in children(element, name)]
    sets = [each.get("val", "") for each in children(element, "charset")]
    if not names and not sets:
        return otherwise
    return _SYMBOL_CHARSET in sets or any(map(_is_of_signs, names))


def _is_of_signs(font: str) -> bool:
    return font.strip().casefold().startswith(_SIGN_FONTS)


def _sign_schemes(parts: Parts, theme: str | None) -> frozenset[str]:
    if theme is None or not parts.has(theme):
        return frozenset()
    found = {
        local(each).removesuffix("Font"): child(each, "latin")
        for each in parts.root(theme).iter()
        if local(each) in ("majorFont", "minorFont")
    }
    return frozenset(
        name for name, font in found.items() if font is not None and _is_of_signs(font.get("typeface", ""))
    )


def read_styles(parts: Parts, name: str | None, theme: str | None) -> Styles:
    """Read a workbook's styles.

    Args:
        parts: the file's parts.
        name: the name of styles.xml, or None if there is none.
        theme: the name of the theme's part, or None.

    Raises:
        TableUnreadable: what is there cannot be read, so that it is unknown what is struck through or hidden.
    """
    if name is None:
        return Styles(read_palette(parts, theme, None), (Style(),), (), {})
    root = parts.root(name)
    palette = read_palette(parts, theme, root)
    codes = {_number(each, "numFmtId"): each.get("formatCode", "") for each in _listed(root, "numFmts", "numFmt")}
    fonts = [read_font(each) for each in _listed(root, "fonts", "font")]
    fills = [_grounds(each, palette) for each in _listed(root, "fills", "fill")]
    crossed = {number for number, each in enumerate(_listed(root, "borders", "border")) if _is_crossed(each)}
    cells = tuple(
        Style(
            _at(fonts, _number(each, "fontId"), Font()),
            _at(fills, _number(each, "fillId"), ()),
            format_code(_number(each, "numFmtId"), codes),
            _number(_alignment(each), "indent"),
            _alignment(each).get("horizontal", ""),
            _number(_alignment(each), "textRotation") != 0,
            flag(_alignment(each), "shrinkToFit"),
            _distortion(_alignment(each), _number(each, "borderId") in crossed),
            _wraps(_alignment(each)),
        )
        for each in _listed(root, "cellXfs", "xf")
    )
    differences = tuple(read_difference(each, palette) for each in _listed(root, "dxfs", "dxf"))
    tables = {
        each.get("name", ""): tuple(
            (part.get("type", ""), _number(part, "dxfId")) for part in children(each, "tableStyleElement")
        )
        for each in _listed(root, "tableStyles", "tableStyle")
    }
    return Styles(palette, cells or (Style(),), differences, tables, _sign_schemes(parts, theme))


def read_difference(element: Element, palette: Palette) -> Difference:
    """Return what a ``dxf`` element changes.

    Args:
        element: the element.
        palette: the workbook's colours.
    """
    fill = child(element, "fill")
    grounds = _grounds(fill, palette, of_difference=True) if fill is not None else ()
    return Difference(child(element, "font"), grounds, child(element, "numFmt") is not None)


def _grounds(fill: Element, palette: Palette, *, of_difference: bool = False) -> tuple[Rgb, ...]:
    """Return a fill's colours; none for no fill. In a difference the colour of a solid fill is its background."""
    gradient = child(fill, "gradientFill")
    if gradient is not None:
        return tuple(palette.rgb(child(stop, "color"), WHITE) for stop in children(gradient, "stop"))
    pattern = child(fill, "patternFill")
    if pattern is None:
        return ()
    kind = pattern.get("patternType", "solid" if of_difference else "none")
    front, back = child(pattern, "fgColor"), child(pattern, "bgColor")
    if kind == "none":
        return ()
    if kind == "solid":
        if not of_difference:
            return (palette.rgb(front, BLACK),)  # the automatic colour of a pattern is that of the letters
        return (palette.rgb(back if back is not None else front, WHITE),)
    grounds = (palette.rgb(back, WHITE),)
    return (*grounds, palette.rgb(front, BLACK)) if kind.startswith(_DENSE) else grounds


def _listed(root: Element, group: str, name: str) -> list[Element]:
    found = child(root, group)
    return children(found, name) if found is not None else []


def _number(element: Element, name: str) -> int:
    return whole(element.get(name), 0)


def _alignment(xf: Element) -> Element:
    found = child(xf, "alignment")
    return found if found is not None else Element("alignment")


def _wraps(alignment: Element) -> bool:
    return flag(alignment, "wrapText") or alignment.get("horizontal") in _WRAPPING


def _distortion(alignment: Element, is_crossed: bool) -> str:
    if is_crossed:
        return CROSSED
    if alignment.get("horizontal") == "fill":
        return REPEATED
    return MIRRORED if alignment.get("readingOrder") == "2" else ""


def _is_crossed(border: Element) -> bool:
    line = child(border, "diagonal")
    is_drawn = line is not None and line.get("style", "none") != "none"
    return is_drawn and (flag(border, "diagonalUp") or flag(border, "diagonalDown"))


def _at(values: list[_T], index: int, otherwise: _T) -> _T:
    return values[index] if index < len(values) else otherwise
