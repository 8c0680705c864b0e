"""The option `--language` of the console script, the same for every command, and the commands' help in that language."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Final

import click
from click.core import ParameterSource

from Katip.messages import ENGLISH, LANGUAGES, TURKISH, VARIABLE, language, msg, set_language

_VERBATIM = "\b"  # click's mark for lines that stay as they are
# What click itself writes on a page of help; its own translations need the environment of the whole process.
_CLICK_WORDS: Final = {
    r"^Usage:": "Kullanım:",
    r"^Options:": "Seçenekler:",
    r"^Commands:": "Komutlar:",
    r"\[OPTIONS\]": "[SEÇENEKLER]",
    r"\[?COMMAND\]? \[ARGS\]": "KOMUT [DEĞERLER]",
    r"Show this message and exit\.": "Bu açıklamayı göster ve bitir.",
    r"([\[;]\s*)default:": r"\1varsayılan:",
    r"\[env var:": "[ortam değişkeni:",
    r"\[required\]": "[gerekli]",
    r"^(\s*)Examples:": r"\1Örnekler:",
}


class TranslatedOption(click.Option):
    """An option whose help is given in each language, and so is in no catalogue.

    Args:
        *args: as for `click.Option`.
        helps: language to help.
        **kwargs: as for `click.Option`.
    """

    def __init__(self, *args: Any, helps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "help": helps[ENGLISH]})
        self.helps = helps


def _choose(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Choose the language that was given; a default of a command does not undo what was given before the command."""
    is_given = context.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE
    if is_given and value in LANGUAGES:
        set_language(value)
    return value if is_given or value is None else language()


def language_option(*, is_argument: bool = False) -> click.Option:
    """Return the option, which chooses the language of the process before anything else is looked at.

    Args:
        is_argument: True if the command takes the language as its argument ``language``.
    """
    return click.Option(
        ["--language", "--lang", "language"],
        type=click.Choice(LANGUAGES),
        default=TURKISH,
        envvar=VARIABLE,
        show_default=True,
        show_envvar=True,
        is_eager=True,
        expose_value=is_argument,
        callback=_choose,
        help="Language of the answer.",
    )


def with_language(command: click.Command) -> click.Command:
    """Return a command with the option and with help in the chosen language, and all its commands where it is a group.

    Args:
        command: the command; one that has an option of that name keeps it, and it chooses the language too.
    """
    own = next((parameter for parameter in command.params if parameter.name == "language"), None)
    if own is None:
        command.params.append(language_option())
    elif own.callback is None:
        own.is_eager, own.callback = True, _choose
    written = command.get_help

    def get_help(context: click.Context) -> str:
        with ExitStack() as stack:
            for each in (command, *_commands_of(command)):
                _translate(each, stack)
            for each in _commands_of(command):  # a list of commands ends no line with "..."
                stack.enter_context(replaced(each, "get_short_help_str", partial(_first_paragraph, each)))
            text = written(context)
        return text if language() == ENGLISH else _in_turkish(text)

    usage = command.get_usage

    def get_usage(context: click.Context) -> str:
        return usage(context) if language() == ENGLISH else _in_turkish(usage(context))

    command.get_help = get_help  # type: ignore[method-assign, assignment]
    command.get_usage = get_usage  # type: ignore[method-assign, assignment]
    for each in _commands_of(command):
        with_language(each)
    return command


def help_texts(command: click.Command) -> set[str]:
    """Return all that the help of a command and its commands says, as keys of the catalogue.

    Args:
        command: the command.
    """
    found = {key for text in _texts_of(command) for key, is_text in _paragraphs(text) if is_text}
    return found.union(*map(help_texts, _commands_of(command)))


def _commands_of(command: click.Command) -> list[click.Command]:
    return list(command.commands.values()) if isinstance(command, click.Group) else []


def _texts_of(command: click.Command) -> Iterator[str]:
    options = [
        each for each in command.params if isinstance(each, click.Option) and not isinstance(each, TranslatedOption)
    ]
    texts = (command.help, command.short_help, command.epilog, *(option.help for option in options))
    yield from (text for text in texts if text)


def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """Return a text's paragraphs, and whether each is running text."""
    parts = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return [(part, False) if part.startswith(_VERBATIM) else (" ".join(part.split()), True) for part in parts]


def _first_paragraph(command: click.Command, limit: int = 0) -> str:
    """Return what a command does in one paragraph, whatever the limit: the list of commands breaks its lines."""
    text = command.short_help or command.help or ""
    return next((" ".join(part.split()) for part, is_text in _paragraphs(text) if is_text), "")


def _translated(text: str) -> str:
    return "\n\n".join(str(msg(part)) if is_text else part for part, is_text in _paragraphs(text))


def _translate(command: click.Command, stack: ExitStack) -> None:
    """Replace a command's help by that in the language of the process, until the stack is left."""
    for name in ("help", "short_help", "epilog"):
        if text := getattr(command, name):
            stack.enter_context(replaced(command, name, _translated(text)))
    for option in command.params:
        if isinstance(option, TranslatedOption):
            stack.enter_context(replaced(option, "help", option.helps[language()]))
        elif isinstance(option, click.Option) and option.help:
            stack.enter_context(replaced(option, "help", _translated(option.help)))


@contextmanager
def replaced(holder: object, name: str, value: object) -> Iterator[None]:
    """Set an attribute to another value until the context is left.

    Args:
        holder: what has the attribute.
        name: the attribute's name.
        value: its value until then.
    """
    before = getattr(holder, name)
    setattr(holder, name, value)
    try:
        yield
    finally:
        setattr(holder, name, before)


def _in_turkish(text: str) -> str:
    for words, turkish in _CLICK_WORDS.items():
        text = re.sub(words, turkish, text, flags=re.MULTILINE)
    return text
