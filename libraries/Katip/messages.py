"""What people read, in their language: English in the source, Turkish in one catalogue (`locale/tr/LC_MESSAGES/katip.po`).

Codes, outcome words, names of fields, settings and keywords are not translated. Why the catalogue is read at start: decision 14.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

TURKISH: Final = "tr"
ENGLISH: Final = "en"
LANGUAGES: Final = (TURKISH, ENGLISH)
VARIABLE: Final = "KATIP_LANGUAGE"
CATALOGUE: Final = Path(__file__).resolve().parent / "locale" / TURKISH / "LC_MESSAGES" / "katip.po"


# A setting as the messages name it: `-v NAME:value`, as `robot` takes it. What follows `ARGS="` stays, which is for `make`.
_SETTING: Final = re.compile(r"""(?<!["'])-v ([A-Z_]+)(?::(\S*[^\s.,;:)]))?""")


class _Chosen:
    """What this process was told: the language, None where none was chosen, and whether settings are options of `katip`."""

    language: str | None = None
    options: bool = False


def language() -> str:
    """Return the language in which this process speaks: the chosen one, else that of KATIP_LANGUAGE, else Turkish."""
    wanted = _Chosen.language or os.environ.get(VARIABLE, "")
    return wanted if wanted in LANGUAGES else TURKISH


def set_language(wanted: str | None) -> None:
    """Choose the language in which this process speaks from now on.

    Args:
        wanted: one of `LANGUAGES`; None for the default.
    """
    _Chosen.language = wanted


def name_settings_as_options(wanted: bool = True) -> None:
    """Choose whether messages name a setting as an option of `katip` (`--headless true`) or as `robot` takes it.

    Args:
        wanted: True for options of `katip`.
    """
    _Chosen.options = wanted


def _as_option(found: re.Match[str]) -> str:
    name, value = found.groups()
    return f"--{name.lower().replace('_', '-')}" + (f" {value}" if value else "")


class Message(str):
    """A sentence in the language of the process, which knows itself in the others too.

    Attributes:
        template: the English text with its fields in braces.
        values: the values of the fields.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Message:
        """Make the sentence in the language of the process."""
        made = super().__new__(cls, _formatted(template, values, language()))
        made.template, made.values = template, values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, object]]:  # type: ignore[override]
        """Return what a copy is made from."""
        return self.template, self.values

    def in_language(self, wanted: str) -> str:
        """Return the sentence in a language, whatever the process speaks.

        Args:
            wanted: one of `LANGUAGES`.
        """
        return _formatted(self.template, self.values, wanted)


def msg(template: str, /, **values: object) -> str:
    """Return a sentence that people read, in their language.

    Args:
        template: the English text, a literal, with named fields in braces as for `str.format`; the catalogue's key.
        **values: the fields' values; they are never searched for fields themselves.

    Example:
        >>> set_language("en"); msg("exactly one {label}", label="{Onayla}")
        'exactly one {Onayla}'
    """
    return Message(template, values)


def msg_id(template: str) -> str:
    """Mark a text for the catalogue where it is defined before the language is known; `msg` shows it.

    Args:
        template: the English text, a literal.
    """
    return template


def duration(length: timedelta) -> str:
    """Return a length of time for people, in minutes and seconds, a second at least.

    Args:
        length: the length.
    """
    minutes, seconds = divmod(max(1, round(length.total_seconds())), 60)
    if not minutes:
        return msg("{seconds} s", seconds=seconds)
    if not seconds:
        return msg("{minutes} min", minutes=minutes)
    return msg("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)


def translated(template: str) -> str:
    """Return a text with its fields still in it, in the language of the process.

    Args:
        template: the English text; one that the catalogue lacks is returned as it is.
    """
    return template if language() == ENGLISH else _turkish().get(template, template)


def in_language(text: str, wanted: str) -> str:
    """Return a text in a language, as far as it knows itself in that language.

    Args:
        text: a `Message`, or any other text, which stays as it is.
        wanted: one of `LANGUAGES`.
    """
    return text.in_language(wanted) if isinstance(text, Message) else text


def _formatted(template: str, values: Mapping[str, object], wanted: str) -> str:
    text = template if wanted == ENGLISH else _turkish().get(template, template)
    if _Chosen.options:
        text = _SETTING.sub(_as_option, text)
    shown = {name: value.in_language(wanted) if isinstance(value, Message) else value for name, value in values.items()}
    return text.format(**shown)


@cache
def _turkish() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale=TURKISH)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
