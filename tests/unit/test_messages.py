"""What people read: one language at a time, and every sentence of the source in the catalogue."""

from __future__ import annotations

import ast
import builtins
import copy
import re
import string
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from Katip import errors, messages
from Katip.approvals.reasons import of_error
from Katip.error_guide import ADVICE
from Katip.errors import ConfigurationError, KatipError, LabelNotFound
from Katip.messages import msg
from scripts.update_messages import catalogue_now, source_messages, updated, written

LIBRARY = Path(errors.__file__).resolve().parent


def fields_of(template: str) -> list[tuple[str, str | None, str | None]]:
    return sorted((name, spec, how) for _, name, spec, how in string.Formatter().parse(template) if name is not None)


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(LIBRARY.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{path.relative_to(LIBRARY)}:{node.lineno}", node


def test_catalogue_is_that_of_the_source() -> None:
    """Nothing is missing, nothing is left over; if this fails, run scripts/update_messages.py and translate what it names."""
    assert written(updated(catalogue_now())) == messages.CATALOGUE.read_text("utf-8")


def test_every_message_is_translated_with_the_same_fields() -> None:
    translated = {str(each.id): str(each.string) for each in catalogue_now() if each.id}
    assert {text for text in source_messages() if not translated.get(text, "").strip()} == set()
    assert {text for text in translated if fields_of(text) != fields_of(translated[text])} == set()


def test_fields_are_named_and_given() -> None:
    wrong = []
    for place, call in calls():
        if call.func.id not in ("msg", "msg_id"):  # type: ignore[attr-defined]
            continue
        text = call.args[0]
        if call.func.id == "msg" and isinstance(text, ast.Constant) and isinstance(text.value, str):  # type: ignore[attr-defined]
            given = {keyword.arg for keyword in call.keywords}
            fields = {name for name, *_ in fields_of(text.value)}
            if None not in given and given - fields - {"code"} | fields - given:  # a code is kept, and not shown
                wrong.append(place)
        elif isinstance(text, ast.JoinedStr):
            wrong.append(place)
    assert wrong == []


def is_sentence(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and re.search("[a-z]{2}", str(part.value)) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()


def test_errors_are_made_of_messages() -> None:
    names = {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, KatipError)}
    bare = [
        place
        for place, call in calls()
        if call.func.id in names - set(dir(builtins))  # type: ignore[attr-defined]
        and any(map(is_sentence, call.args))
    ]
    assert bare == []


def test_each_language_by_itself() -> None:
    messages.set_language("tr")
    error = ConfigurationError(msg("Checking the settings"), "{a}", "{b", msg("Nothing was pressed."))
    assert str(error) == (
        "[KTP-001] Bir ayar, portal dosyası veya değişken adı yanlış. Görülen: {b.\n"
        "→ Hiçbir şeye basılmadı.\n"
        "Ayarların denetlenmesi. Beklenen: {a}."
    )
    english = "A setting, a portal file or the name of a variable is wrong. Seen: {b. Nothing was pressed. Checking the settings. Expected: {a}."
    assert messages.in_language(error.sentence, "en") == english
    messages.set_language("en")
    again = ConfigurationError(msg("Checking the settings"), "{a}", "{b", msg("Nothing was pressed."))
    assert of_error(again) == f"[KTP-001] {english}"
    assert messages.in_language(of_error(again), "tr").startswith("[KTP-001] Bir ayar, portal dosyası")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_error_says_first_what_happened_then_what_to_do_then_the_details(language: str) -> None:
    messages.set_language(language)
    for error in (LabelNotFound("D", "E", "S", "N"), LabelNotFound("D", "E", "S"), LabelNotFound("D")):
        happened, to_do, details = str(error).splitlines()
        advice = ADVICE[error.code]
        assert happened.startswith(f"[KTP-110] {msg(advice.what)}")
        assert to_do == ("→ N." if error.sentence.count(" N. ") else f"→ {msg(advice.now)}")
        assert details.startswith("D.")
    assert str(LabelNotFound("D", "E", "S", "N")).splitlines()[0].endswith(" S.")


@pytest.mark.parametrize(
    ("seconds", "turkish", "english"),
    [(0.2, "1 sn", "1 s"), (59, "59 sn", "59 s"), (300, "5 dk", "5 min"), (61, "1 dk 1 sn", "1 min 1 s")],
)
def test_durations_are_in_the_language_of_the_process(seconds: float, turkish: str, english: str) -> None:
    shown = messages.duration(timedelta(seconds=seconds))
    assert [messages.in_language(shown, each) for each in ("tr", "en")] == [turkish, english]


def test_no_words_of_robots_own_are_shown() -> None:
    """`secs_to_timestr` says "5 minutes" in every language; `duration` of Katip.messages does not."""
    assert [path.name for path in LIBRARY.rglob("*.py") if "secs_to_timestr" in path.read_text("utf-8")] == []


def test_values_may_be_messages_and_are_never_templates() -> None:
    messages.set_language("tr")
    told = msg("{name} is no setting; {meant} is probably meant ({way})", name="{way}", meant="X", way=msg("neither"))
    assert told == "{way} bir ayar değil; büyük olasılıkla X kastedildi (hiçbiri)"
    assert messages.in_language(told, "en") == "{way} is no setting; X is probably meant (neither)"
    assert copy.deepcopy(told) == told


@pytest.mark.parametrize(("wanted", "found"), [("en", "en"), ("tr", "tr"), ("de", "tr"), ("", "tr")])
def test_environment_names_the_language_where_no_run_does(
    wanted: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(messages.VARIABLE, wanted)
    assert messages.language() == found
    messages.set_language("en")
    assert messages.language() == "en"


@pytest.fixture
def as_options() -> Iterator[None]:
    messages.name_settings_as_options()
    yield
    messages.name_settings_as_options(False)


@pytest.mark.parametrize(
    ("robots", "katips"),
    [
        ("without a window: -v HEADLESS:true.", "without a window: --headless true."),
        ("(-v WORKLIST:path), or -v APPROVE:all for all", "(--worklist path), or --approve all for all"),
        ("give its port with -v CDP_URL:http://127.0.0.1:PORT.", "give its port with --cdp-url http://127.0.0.1:PORT."),
        ("give a new one by -v JOURNAL and keep the old one", "give a new one by --journal and keep the old one"),
        ('with make ARGS="-v MODE:rehearse"', 'with make ARGS="-v MODE:rehearse"'),
    ],
)
def test_setting_is_named_as_the_command_takes_it(robots: str, katips: str, as_options: None) -> None:
    assert msg(robots) == katips
    messages.name_settings_as_options(False)
    assert msg(robots) == robots


def test_values_are_never_rewritten(as_options: None) -> None:
    assert msg("the page says {words}", words="-v MODE:approve") == "the page says -v MODE:approve"
