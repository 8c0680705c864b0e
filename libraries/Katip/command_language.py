"""The option `--language` of the console script, the same for every command."""

from __future__ import annotations

import click

from Katip.messages import LANGUAGES, TURKISH, VARIABLE, set_language


def _choose(context: click.Context, option: click.Parameter, value: str) -> str:
    set_language(value)
    return value


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
    """Return a command with the option, and all its commands where it is a group; those that have one of that name keep it.

    Args:
        command: the command.
    """
    if not any(parameter.name == "language" for parameter in command.params):
        command.params.append(language_option())
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_language(each)
    return command
