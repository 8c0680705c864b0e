"""What all tests share."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from Katip import messages

pytest_plugins = ["tests.second_try"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Twice as many workers as there are cores: almost half of the time a test waits for a page."""
    return 2 * (os.cpu_count() or 1)


# What the tests assert is English; those of the Turkish choose it themselves.
os.environ[messages.VARIABLE] = messages.ENGLISH
# Without it the library takes the keyring of highest priority among all classes that are defined, those of the tests
# included (one of them never answers), or the keyring of the person who runs the tests.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


@pytest.fixture(autouse=True)
def _no_speech_of_another_test() -> Iterator[None]:
    """A run chooses the language of its process, and a command how settings are named in it."""
    yield
    messages.set_language(None)
    messages.name_settings_as_options(False)


TESTS = Path(__file__).resolve().parent
# A directory's marker. Files of these directories need none of their own, so none can be forgotten.
MARKERS = {"acceptance": "acceptance", "procedure": "browser", "strangers": "acceptance"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by their directory, and deselect the matrix unless it is asked for.

    A marker expression in `addopts` would be replaced by any `-m` of the command line, and the matrix would come along.
    """
    for item in items:
        if item.path.is_relative_to(TESTS):
            directory = item.path.relative_to(TESTS).parts[0]
            if directory in MARKERS:
                item.add_marker(MARKERS[directory])
    if not matrix_is_asked_for(config.option.markexpr, config.args):
        left_out = [item for item in items if item.get_closest_marker("matrix")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def matrix_is_asked_for(expression: str, arguments: Iterable[str]) -> bool:
    """True if the command line names the matrix.

    Args:
        expression: the value of `-m`.
        arguments: files, directories and test ids.
    """
    named_file = any(argument.partition("::")[0].endswith("test_matrix.py") for argument in arguments)
    return named_file or bool(re.search(r"\bmatrix\b", expression))


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
