from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from Katip.approvals.finding import Level, Observation, Weight
from Katip.approvals.legal_checks import (
    Minutes,
    Profession,
    certificate_class,
    certificate_class_of,
    minutes_range,
    pending_age,
    profession_of,
    sgk_control_digits,
    statutory_minutes,
    waiting_days,
)
from Katip.approvals.rules import Rules
from Katip.approvals.rules_file import load_rules
from Katip.errors import RulesInvalid
from Katip.messages import in_language
from Katip.model import Hazard
from tests.approvals.fakes import OTHER_WORKPLACE, WORKPLACE, contract

TODAY = date(2021, 3, 10)
EXPERT, PHYSICIAN, NURSE = "B Sınıfı İş Güvenliği Uzmanı", "İşyeri Hekimi", "Diğer Sağlık Personeli"
SHIPPED = load_rules()
NUMBERS: Minutes = SHIPPED.minutes[0][2]


def broken(observation: Observation | None) -> bool:
    return observation is not None and observation.broken


@pytest.mark.parametrize(
    ("category", "hazard", "employees", "needed"),
    [
        (EXPERT, Hazard.LOW, 60, 600),
        (EXPERT, Hazard.MEDIUM, 60, 1200),
        (EXPERT, Hazard.HIGH, 60, 2400),
        (PHYSICIAN, Hazard.LOW, 60, 300),
        (PHYSICIAN, Hazard.MEDIUM, 60, 600),
        (PHYSICIAN, Hazard.HIGH, 60, 900),
        (NURSE, Hazard.HIGH, 10, 100),
        (NURSE, Hazard.HIGH, 49, 490),
        (NURSE, Hazard.HIGH, 50, 750),
        (NURSE, Hazard.HIGH, 249, 3735),
        (NURSE, Hazard.HIGH, 250, 5000),
    ],
)
def test_statutory_minutes_to_the_minute(category: str, hazard: Hazard, employees: int, needed: int) -> None:
    assert statutory_minutes(category, needed, employees, hazard, NUMBERS) is None
    seen = statutory_minutes(category, needed - 1, employees, hazard, NUMBERS)
    assert seen is not None
    assert seen.broken
    assert f"en az {needed} dk/ay" in in_language(seen.words, "tr")
    assert f"at least {needed} a month" in seen.words


@pytest.mark.parametrize(("hazard", "employees"), [(Hazard.HIGH, 9), (Hazard.MEDIUM, 500), (Hazard.LOW, 500)])
def test_no_minutes_are_asked_of_a_nurse_there(hazard: Hazard, employees: int) -> None:
    assert statutory_minutes(NURSE, 1, employees, hazard, NUMBERS) is None


@pytest.mark.parametrize(
    ("category", "minutes", "employees", "hazard", "numbers", "missing"),
    [
        ("Stajyer", 1, 60, Hazard.LOW, NUMBERS, "Personel Kategorisi"),
        (EXPERT, None, 60, Hazard.LOW, NUMBERS, "Ayl. Çlş. Süresi"),
        (EXPERT, 1, None, Hazard.LOW, NUMBERS, "Çalışan Sayısı"),
        (EXPERT, 1, 60, None, NUMBERS, "Tehlike Sınıfı"),
        (EXPERT, 1, 60, Hazard.LOW, None, "rules.toml"),
    ],
)
def test_a_rule_whose_inputs_are_missing_says_so_and_is_not_broken(
    category: str,
    minutes: int | None,
    employees: int | None,
    hazard: Hazard | None,
    numbers: Minutes | None,
    missing: str,
) -> None:
    seen = statutory_minutes(category, minutes, employees, hazard, numbers)
    assert seen is not None
    assert not seen.broken
    assert missing in in_language(seen.words, "tr")
    assert missing in seen.words


@pytest.mark.parametrize(
    ("minutes", "is_broken"), [(0, True), (1, False), (11_700, False), (11_701, True), (None, False)]
)
def test_minutes_range(minutes: int | None, is_broken: bool) -> None:
    assert broken(minutes_range(minutes, (1, 11_700))) is is_broken


@pytest.mark.parametrize(
    ("held", "hazard", "is_broken"),
    [
        ("A", Hazard.HIGH, False),
        ("B", Hazard.HIGH, True),
        ("B", Hazard.MEDIUM, False),
        ("C", Hazard.MEDIUM, True),
        ("C", Hazard.LOW, False),
    ],
)
def test_certificate_class(held: str, hazard: Hazard, is_broken: bool) -> None:
    seen = certificate_class(f"{held} Sınıfı İş Güvenliği Uzmanı", hazard, date(2023, 12, 31))
    assert broken(seen) is is_broken
    assert seen is None or "31.12.2023" in in_language(seen.words, "tr")


def test_certificate_class_asks_nothing_of_others_and_says_what_is_missing() -> None:
    assert certificate_class(PHYSICIAN, Hazard.HIGH, None) is None
    for category, hazard in ((EXPERT, None), ("İş Güvenliği Uzmanı", Hazard.HIGH)):
        seen = certificate_class(category, hazard, None)
        assert seen is not None
        assert not seen.broken


@pytest.mark.parametrize("number", [WORKPLACE, OTHER_WORKPLACE, "29999010199999030999934001"])
def test_sgk_control_digits_agree(number: str) -> None:
    assert sgk_control_digits(number) is None
    mistyped = number[:12] + str((int(number[12]) + 1) % 10) + number[13:]
    assert broken(sgk_control_digits(mistyped))


def test_a_short_number_is_not_checked() -> None:
    seen = sgk_control_digits("12345678")
    assert seen is not None
    assert not seen.broken


def test_pending_age_is_told_and_warns_only_above_a_limit_that_is_set() -> None:
    seen = pending_age(9, None)
    assert seen is not None
    assert (seen.broken, "9 gün" in in_language(seen.words, "tr")) == (False, True)
    assert broken(pending_age(6, 5))
    assert not broken(pending_age(5, 5))
    assert pending_age(0, 5) is None
    assert waiting_days(contract(), TODAY) == 9
    assert waiting_days(contract(start=date(2021, 4, 1)), TODAY) == 0
    assert waiting_days(contract(start=None), TODAY) is None


@pytest.mark.parametrize(
    ("category", "profession", "held"),
    [
        ("C Sınıfı İş Güvenliği Uzmanı", Profession.EXPERT, "C"),
        ("İŞ GÜVENLİĞİ UZMANI (A)", Profession.EXPERT, "A"),
        ("İş Yeri Hekimi", Profession.PHYSICIAN, None),
        ("DİĞER SAĞLIK PERSONELİ", Profession.NURSE, None),
        ("Stajyer", None, None),
    ],
)
def test_what_a_category_says(category: str, profession: Profession | None, held: str | None) -> None:
    assert profession_of(category) is profession
    assert certificate_class_of(category) == held


# ---- rules.toml


def test_as_shipped_the_two_on_minutes_hold_and_the_others_warn() -> None:
    assert SHIPPED.weights == {
        "statutory_minutes": Weight.HOLD,
        "minutes_range": Weight.HOLD,
        "certificate_class": Weight.WARN,
        "sgk_control_digits": Weight.WARN,
        "pending_age": Weight.WARN,
    }
    assert SHIPPED.warn_after_days is None, "no deadline is known"
    assert SHIPPED.limits[0][2] == (1, 11_700)


def test_findings_carry_the_weight_and_the_heaviest_comes_first() -> None:
    found = SHIPPED.assess(contract(category="C Sınıfı İş Güvenliği Uzmanı", minutes=10), TODAY, 60, Hazard.HIGH)
    assert [(each.rule, each.level) for each in found] == [
        ("statutory_minutes", Level.HOLD),
        ("certificate_class", Level.WARN),
        ("pending_age", Level.INFO),
    ]


def test_without_inputs_nothing_holds() -> None:
    bare = contract(category="?", start=None, workplace="1")
    assert {each.level for each in SHIPPED.assess(bare, TODAY)} == {Level.INFO}


def test_off_is_not_checked_and_warn_does_not_hold() -> None:
    few = contract(minutes=1)
    for weight, levels in ((Weight.OFF, set()), (Weight.WARN, {Level.WARN}), (Weight.HOLD, {Level.HOLD})):
        rules = replace(SHIPPED, weights={**SHIPPED.weights, "statutory_minutes": weight})
        found = rules.assess(few, TODAY, 60, Hazard.HIGH)
        assert {each.level for each in found if each.rule == "statutory_minutes"} == levels


VALID = """
[statutory_minutes]
level = "hold"
[[statutory_minutes.expert]]
from = 2013-01-01
until = 2015-12-31
az_tehlikeli = 6
tehlikeli = 8
cok_tehlikeli = 12
[[statutory_minutes.expert]]
from = 2016-01-01
az_tehlikeli = 10
tehlikeli = 20
cok_tehlikeli = 40
[[statutory_minutes.physician]]
from = 2013-01-01
az_tehlikeli = 5
tehlikeli = 10
cok_tehlikeli = 15
[[statutory_minutes.nurse]]
from = 2013-01-01
steps = [{ employees = 10, minutes = 10 }]
[minutes_range]
level = "hold"
[[minutes_range.limits]]
from = 2016-01-01
least = 1
most = 11700
[certificate_class]
level = "warn"
[sgk_control_digits]
level = "off"
[pending_age]
level = "warn"
days = 5
"""


def load(tmp_path: Path, text: str) -> Rules:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return load_rules(path)


def test_the_numbers_in_force_on_the_day_count(tmp_path: Path) -> None:
    rules = load(tmp_path, VALID)
    expert = contract(category=EXPERT, minutes=100)
    for day, holds in ((date(2012, 1, 1), False), (date(2015, 12, 31), False), (date(2016, 1, 1), True)):
        found = rules.assess(expert, day, 10, Hazard.MEDIUM)
        assert any(each.rule == "statutory_minutes" and each.level is Level.HOLD for each in found) is holds
    assert rules.warn_after_days == 5


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('level = "off"', 'level = "kapalı"', "'kapalı'"),
        ('level = "off"', "", "[sgk_control_digits] level is missing"),
        ("[sgk_control_digits]", "[sgk_kontrol]", "[sgk_control_digits] is missing"),
        ("[sgk_control_digits]", "[sgk_kontrol]", "sgk_kontrol is not known"),
        ("days = 5", "days = -5", "[pending_age] days must be a whole number, 0 or more"),
        ("days = 5", "gun = 5", "[pending_age] gun is not known"),
        ("most = 11700", "most = 0", "above most"),
        ("most = 11700", 'most = "çok"', "whole number"),
        ("until = 2015-12-31", "", "overlap"),
        ("from = 2013-01-01", 'from = "2013"', "must be a date"),
        ("from = 2013-01-01", "", "from is missing"),
        ("az_tehlikeli = 6", "az_tehlikeli = true", "whole number"),
        (
            "steps = [{ employees = 10, minutes = 10 }]",
            "steps = 3",
            "[statutory_minutes.nurse.1] steps must be a list such as",
        ),
        ("[[minutes_range.limits]]", "[minutes_range.limits]", "list of tables"),
        ("[minutes_range]", "[minutes_range", "not TOML"),
    ],
)
def test_what_is_wrong_with_rules_toml_is_said(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in VALID
    with pytest.raises(RulesInvalid) as refused:
        load(tmp_path, VALID.replace(old, new, 1))
    assert words in str(refused.value)
    assert "KTP-011" in str(refused.value)


def test_everything_wrong_is_said_at_once_and_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesInvalid) as refused:
        load(tmp_path, "")
    assert str(refused.value).count("is missing") == 5
    with pytest.raises(RulesInvalid, match="cannot be opened"):
        load_rules(tmp_path / "yok.toml")
