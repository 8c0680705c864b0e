"""What click itself says about a command line, and the placeholders of values in its help, in the language of the process.

Click translates with `gettext` functions that look at the environment only. Within `in_our_language` its modules use the catalogue of
`Katip.messages` instead; a text that the catalogue lacks, such as one of a later click, stays English.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from click.core import Argument, Context, Parameter

from Katip.command_language import replaced
from Katip.messages import msg_id, translated

MODULES: Final = ("click.core", "click.exceptions", "click.parser", "click.termui", "click.types")
TEXTS: Final = frozenset(
    {
        msg_id("Aborted!"),
        msg_id("Error: {message}"),
        msg_id("Error: invalid input"),
        msg_id("Error: The two entered values do not match."),
        msg_id("Repeat for confirmation"),
        msg_id("Press any key to continue..."),
        msg_id("unknown error"),
        msg_id("Try '{command} {option}' for help."),
        msg_id("Did you mean {possibility}?"),
        msg_id("(Did you mean one of: {possibilities}?)"),
        msg_id("No such option {name!r}."),
        msg_id("No such command {name!r}."),
        msg_id("Missing command."),
        msg_id("Missing argument"),
        msg_id("Missing option"),
        msg_id("Missing parameter"),
        msg_id("Missing parameter: {param_name}"),
        msg_id("Missing {param_type}"),
        msg_id("Choose from:\n\t{choices}"),
        msg_id("Got unexpected extra argument ({args})"),
        msg_id("Got unexpected extra arguments ({args})"),
        msg_id("Option {name!r} does not take a value."),
        msg_id("Option {name!r} requires an argument."),
        msg_id("Option {name!r} requires {nargs} arguments."),
        msg_id("Argument {name!r} takes {nargs} values."),
        msg_id("Takes {nargs} values but 1 was given."),
        msg_id("Takes {nargs} values but {len} were given."),
        msg_id("Invalid value: {message}"),
        msg_id("Invalid value for {param_hint}: {message}"),
        msg_id("Could not open file {filename!r}: {message}"),
        msg_id("{value!r} is not {choice}."),
        msg_id("{value!r} is not one of {choices}."),
        msg_id("{value} is not in the range {range}."),
        msg_id("{value!r} is not a valid {number_type}."),
        msg_id("{value!r} is not a valid boolean. Recognized values: {states}"),
        msg_id("{name} {filename!r} does not exist."),
        msg_id("{name} {filename!r} is a file."),
        msg_id("{name} {filename!r} is a directory."),
        msg_id("{name} {filename!r} is not readable."),
        msg_id("{name} {filename!r} is not writable."),
        msg_id("{name} {filename!r} is not executable."),
    }
)

#: Placeholders of values; one that names a variable of the suites stays as it is.
PLACEHOLDERS: Final = frozenset(
    {
        msg_id("TEXT"),
        msg_id("PATH"),
        msg_id("FILE"),
        msg_id("DIRECTORY"),
        msg_id("INTEGER"),
        msg_id("INTEGER RANGE"),
        msg_id("FLOAT"),
        msg_id("BOOLEAN"),
        msg_id("URL"),
        msg_id("RUNS"),
        msg_id("FOLDERS"),
        msg_id("CODE"),
        msg_id("CONTRACT"),
        msg_id("ROBOT_OPTIONS"),
    }
)
#: What click calls a kind of value within a sentence, whatever its case.
KINDS: Final = frozenset(
    {
        msg_id("path"),
        msg_id("file"),
        msg_id("directory"),
        msg_id("integer"),
        msg_id("integer range"),
        msg_id("float"),
        msg_id("boolean"),
    }
)
_PLACEHOLDER = re.compile(r"[A-Z_]+(?: RANGE)?")


class _Sentence(str):
    """A text of click whose values are translated too where they are its names of kinds."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> str:
        named = {key: _kind(value) if isinstance(value, str) else value for key, value in values.items()}
        return super().format(*args, **named)


def _kind(value: str) -> str:
    return translated(value.lower()) if value.lower() in KINDS else value


@contextmanager
def in_our_language() -> Iterator[None]:
    """Let click speak the language of the process until the context is left."""
    with ExitStack() as stack:
        for name in MODULES:
            module = importlib.import_module(name)
            for function, ours in (("_", _text), ("ngettext", _number_text)):
                if hasattr(module, function):
                    stack.enter_context(replaced(module, function, ours))
        for kind in (Parameter, Argument):
            stack.enter_context(replaced(kind, "make_metavar", _with_our_placeholders(kind.make_metavar)))
        yield


def _with_our_placeholders(made: Callable[[Any, Context], str]) -> Callable[[Any, Context], str]:
    def make_metavar(parameter: Any, ctx: Context) -> str:
        def ours(found: re.Match[str]) -> str:
            return translated(found[0]) if found[0] in PLACEHOLDERS else found[0]

        return _PLACEHOLDER.sub(ours, made(parameter, ctx))

    return make_metavar


def _text(text: str) -> str:
    return _Sentence(translated(text)) if text in TEXTS else text


def _number_text(one: str, several: str, number: int) -> str:
    return _text(one if number == 1 else several)
