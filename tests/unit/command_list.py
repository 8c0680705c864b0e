"""All commands of `katip`, and the texts that click writes itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from Katip.cli import katip


def commands(group: click.Group, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield way
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*way, name))
        else:
            yield (*way, name)


COMMANDS = list(commands(katip))
# Words of click's catalogue and its placeholders of values; a variable of the suites keeps its name.
CLICKS_OWN = re.compile(
    r"(?<![-\w])(Usage|Options|Commands|Error|Try|Missing|Invalid|OPTIONS|COMMAND|ARGS|TEXT|PATH|FILE|DIRECTORY|INTEGER|RANGE|BOOLEAN|FLOAT|URL|RUNS"
    r"|FOLDERS|CODE|CONTRACT|ROBOT_OPTIONS|required|default|deprecated|dynamic|exit|version|integer|range|directory|file|path|does not)\b(?!\.)",
)
