"""Variables from the command line that nobody asks for, but that look like a setting: Robot Framework ignores them silently.

`-v MOD:rehearse` would approve for real. Such a name is refused before anything starts, unless the suite declares it itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from robot.libraries.BuiltIn import BuiltIn, RobotNotRunningError
from robot.utils import normalize

from Katip.messages import msg
from Katip.run.setting_table import SETTINGS, Setting
from Katip.turkish import fold

_ASCII = str.maketrans("şçğöü", "scgou")
_SHORT = 5
_LONG = 8
_REHEARSE = "rehearse"
_OURS = frozenset(normalize(setting.name, ignore="_") for setting in SETTINGS)


def misspelled_settings(given: Mapping[str, object], declared: Iterable[str] = ()) -> list[str]:
    """Return a sentence for each variable that is no setting and looks like one.

    Two names look alike if they are the same but for case, Turkish letters and signs, or if they differ by one letter that
    is missing, added, other or swapped with its neighbour; by two from eight letters on. Short names must also begin alike, so that
    `CODE` and `NODE` may be somebody's own.

    Args:
        given: the variables of the command line, of argument files and of variable files, without `${}`.
        declared: the variables that the suite or its resource files declare: these are its own.

    Returns:
        The sentences, each naming the setting that was probably meant.

    Example:
        ``misspelled_settings({"MOD": "rehearse"})`` names `MODE`.
    """
    own = {normalize(name, ignore="_") for name in declared}
    problems = []
    for name, value in given.items():
        if normalize(name, ignore="_") in _OURS | own:
            continue
        meant = _meant(name, value)
        if meant is not None:
            way = (
                msg("write it as -v {name}:value", name=meant.name)
                if "=" in name
                else msg("where it is a variable of your own suite, declare it in its *** Variables *** section")
            )
            problems.append(
                msg("{name} is no setting; {meant} is probably meant ({way})", name=name, meant=meant.name, way=way)
            )
    return problems


def misspelled_in_this_run(mode: str) -> list[str]:
    """Return the sentences of `misspelled_settings` for the suite that is running, none outside of Robot Framework.

    Args:
        mode: MODE as it was given; an environment variable of this name that says otherwise would be ignored.
    """
    problems = []
    if _is_rehearse(os.environ.get("MODE", "")) and not _is_rehearse(mode):
        problems.append(
            msg(
                "the environment variable MODE is {value!r}, and settings are not taken from the environment; "
                'write -v MODE:rehearse, with make ARGS="-v MODE:rehearse"',
                value=os.environ["MODE"],
            )
        )
    try:
        scopes, namespace = BuiltIn()._variables, BuiltIn()._namespace
    except RobotNotRunningError:
        return problems
    # No public interface returns the command line's variables: the global scope holds exactly that, and the built-in variables.
    given = {name[2:-1]: value for name, value in scopes._global.as_dict().items()}
    files = (namespace._kw_store.suite_file, *namespace._kw_store.resources.values())
    return problems + misspelled_settings(given, [one.name[2:-1] for file in files for one in file.variables])


def _is_rehearse(value: object) -> bool:
    return isinstance(value, str) and _is_near(_key(value), _key(_REHEARSE))


def _meant(name: str, value: object) -> Setting | None:
    key = _key(name.partition("=")[0])
    for setting in SETTINGS:
        if any(_is_near(key, _key(each)) for each in (setting.name, *setting.meant)):
            return setting
        if setting.name == "MODE" and _is_rehearse(value):
            return setting
    return None


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, fold(name).translate(_ASCII)))


def _is_near(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    if len(other) <= _SHORT and one[:1] != other[:1]:
        return False
    return _distance(one, other) <= (2 if longest >= _LONG else 1)


def _distance(one: str, other: str) -> int:
    """Return the number of letters to add, drop, replace or swap with the next one (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
