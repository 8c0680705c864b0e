from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from Katip import messages
from Katip.evidence.seal import seal_run

from .sample import make_run


@pytest.fixture(scope="session")
def key_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key")


@pytest.fixture(autouse=True)
def _own_key(key_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATIP_KEY_DIR", str(key_dir))
    monkeypatch.delenv("TSA_URL", raising=False)


@pytest.fixture(scope="session")
def unsealed_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("unsealed")
    messages.set_language(messages.TURKISH)
    make_run(results / "run1")
    messages.set_language(None)
    return results


@pytest.fixture(scope="session")
def sealed_template(unsealed_template: Path, tmp_path_factory: pytest.TempPathFactory, key_dir: Path) -> Path:
    results = tmp_path_factory.mktemp("sealed") / "results"
    shutil.copytree(unsealed_template, results)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KATIP_KEY_DIR", str(key_dir))
        seal_run(results / "run1")
    return results


@pytest.fixture
def unsealed(unsealed_template: Path, tmp_path: Path) -> Path:
    shutil.copytree(unsealed_template, tmp_path / "results")
    return tmp_path / "results" / "run1"


@pytest.fixture
def sealed(sealed_template: Path, tmp_path: Path) -> Path:
    """A sealed run in a folder of its own, with chain and package beside it."""
    shutil.copytree(sealed_template, tmp_path / "results")
    return tmp_path / "results" / "run1"
