"""Who signs in: what SIGN_IN says, else what is known of the account; and what is refused before anything starts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from Katip.errors import ConfigurationError
from Katip.run import sign_in_way
from Katip.run.debugging_port import DEFAULT_CDP_URL, parsed_cdp_url
from Katip.run.sign_in_way import SignIn, chosen_way, has_screen, parsed_sign_in, parsed_timeout


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_way, "has_screen", lambda: True)


@pytest.mark.parametrize(
    ("given", "has_account", "example", "expected"),
    [
        (None, True, False, SignIn.PASSWORD),
        (None, False, False, SignIn.ATTENDED),
        (None, False, True, SignIn.PASSWORD),
        (SignIn.ATTENDED, True, False, SignIn.ATTENDED),
        (SignIn.PASSWORD, True, False, SignIn.PASSWORD),
    ],
)
def test_way(given: SignIn | None, has_account: bool, example: bool, expected: SignIn) -> None:
    assert chosen_way(given, has_account, headless=False, example_user=example) is expected


def test_password_without_an_account_and_a_person_without_a_window_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="EDEVLET_TCKN"):
        chosen_way(SignIn.PASSWORD, has_account=False, headless=False)
    with pytest.raises(ConfigurationError, match="HEADLESS:true"):
        chosen_way(None, has_account=False, headless=True)
    monkeypatch.setattr(sign_in_way, "has_screen", lambda: False)
    with pytest.raises(ConfigurationError, match="no screen"):
        chosen_way(SignIn.ATTENDED, has_account=True, headless=False)


def test_screens() -> None:
    assert has_screen({}, "Windows")
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "Linux")
    assert not has_screen({"DISPLAY": ""}, "Linux")


@pytest.mark.parametrize(("text", "seconds"), [("", 300), ("10 min", 600), ("90", 90), ("1 hour", 3600)])
def test_times(text: str, seconds: int) -> None:
    problems: list[str] = []
    assert (parsed_timeout(text, problems), problems) == (timedelta(seconds=seconds), [])


@pytest.mark.parametrize("text", ["soon", "-5 s", "0", "2 days"])
def test_times_that_cannot_be_used(text: str) -> None:
    problems: list[str] = []
    parsed_timeout(text, problems)
    assert "SIGN_IN_TIMEOUT" in problems[0]


def test_unknown_ways_name_the_known_ones() -> None:
    problems: list[str] = []
    assert parsed_sign_in("mobil", problems) is None
    assert problems == ["SIGN_IN is 'mobil'; it must be one of password, attended, attach"]


@pytest.mark.parametrize(
    "text", ["http://192.0.2.7:9222", "http://localhost.example:9222", "https://127.0.0.1:9222", "127.0.0.1:9222", "http://127.0.0.1",
             "http://127.0.0.1:9222/json", "http://a@127.0.0.1:9222", "http://127.0.0.1:x"]
)  # fmt: skip
def test_browsers_are_joined_on_this_machine_only(text: str) -> None:
    problems: list[str] = []
    assert parsed_cdp_url(text, problems) == DEFAULT_CDP_URL
    assert "CDP_URL" in problems[0]


@pytest.mark.parametrize("text", ["http://127.0.0.1:9333", "http://localhost:9222/", "http://[::1]:9222"])
def test_addresses_of_debugging_ports(text: str) -> None:
    problems: list[str] = []
    assert (parsed_cdp_url(text, problems), problems) == (text.rstrip("/"), [])


def test_joining_needs_neither_window_nor_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_way, "has_screen", lambda: False)
    assert chosen_way(SignIn.ATTACH, has_account=False, headless=True) is SignIn.ATTACH
