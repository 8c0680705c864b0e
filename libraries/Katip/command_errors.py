"""How the console script says what went wrong: every error as a sentence with a code and with what to do."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click
from click.exceptions import NoArgsIsHelpError

from Katip.errors import CommandLineRefused, KatipError, SystemRefused
from Katip.messages import msg
from Katip.system_words import system_words
from Katip.turkish import for_terminal


class _CodedUsageError(click.UsageError):
    """A usage error whose message has its code already."""


@contextmanager
def coded_errors() -> Iterator[None]:
    """Turn each error that is raised within into one of click's, whose message begins with a code.

    An error that nobody foresaw is printed with its traceback first, so that the sentence stands last.
    """
    try:
        yield
    except (_CodedUsageError, NoArgsIsHelpError, click.exceptions.Exit, click.Abort, EOFError):
        raise
    except click.UsageError as error:
        refused = CommandLineRefused("", seen=error.format_message())
        raise _CodedUsageError(_shown(refused), error.ctx) from error
    except click.ClickException:
        raise
    except KatipError as error:
        raise click.ClickException(_shown(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read the output is gone; click ends without a word
            raise
        raise click.ClickException(_shown(refused_by_the_system(error))) from error
    except Exception as error:
        traceback.print_exc()
        words = f"{type(error).__name__}: {error}"
        raise click.ClickException(_shown(KatipError(msg("An unforeseen error"), seen=words))) from error


def refused_by_the_system(error: OSError) -> SystemRefused:
    """Return the error of this library for one of the operating system.

    Args:
        error: what the system said.
    """
    name, words = error.filename, system_words(error)
    seen = msg("{path}: {words}", path=name, words=words) if name else words
    return SystemRefused("", seen=seen)


def _shown(error: KatipError) -> str:
    """Return the message of an error without what a terminal would obey."""
    return "\n".join(map(for_terminal, str(error).splitlines()))
