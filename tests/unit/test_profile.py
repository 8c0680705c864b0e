"""PROFILE: only a folder of the robot's own, for its owner only and outside of results; and it is deleted as such."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from Katip.cli import katip
from Katip.errors import ConfigurationError
from Katip.run.profile import make_profile, require_usable


def test_profile_is_made_for_its_owner_only_and_used_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "profile"
    require_usable(path, [tmp_path / "results"])
    assert not path.exists()
    make_profile(path)
    (path / "Cookies").write_text("x", "utf-8")
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o700
    require_usable(path, [tmp_path / "results"])
    make_profile(path)


@pytest.mark.parametrize("place", ["results", "results/run1/profile", "results/../results/x"])
def test_profile_in_results_is_refused(place: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="results"):
        require_usable(tmp_path / place, [tmp_path / "results"])


@pytest.mark.skipif(os.name == "nt", reason="modes and links")
def test_folders_that_others_may_read_and_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "profile"
    make_profile(path)
    path.chmod(0o750)
    with pytest.raises(ConfigurationError, match="chmod 700"):
        require_usable(path, [])
    path.chmod(0o700)
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(ConfigurationError, match="a link"):
        require_usable(tmp_path / "link", [])


def test_link_on_the_way_into_results_is_followed(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "results")
    with pytest.raises(ConfigurationError, match="results"):
        require_usable(tmp_path / "elsewhere" / "profile", [tmp_path / "results"])


def test_somebody_elses_folder_is_neither_used_nor_deleted(tmp_path: Path) -> None:
    everyday = tmp_path / "everyday"
    everyday.mkdir(mode=0o700)
    (everyday / "Cookies").write_text("x", "utf-8")
    with pytest.raises(ConfigurationError, match="no run has made"):
        require_usable(everyday, [])
    refused = CliRunner().invoke(katip, ["profile", "forget", str(everyday)])
    assert refused.exit_code == 2
    assert (everyday / "Cookies").exists()


def test_profile_is_forgotten_whole(tmp_path: Path) -> None:
    path = tmp_path / "profile"
    make_profile(path)
    done = CliRunner().invoke(katip, ["profile", "forget", str(path)])
    assert done.exit_code == 0, done.output
    assert not path.exists()
