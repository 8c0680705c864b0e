"""The question after "Kayıt": agreed to only where its own words ask for the approval alone."""

from __future__ import annotations

import pytest

from Katip.pages.question import agreeing_button, asked_words, why_not_agreed
from Katip.portal import load_portal
from Katip.reading.windows import find_window
from tests.unit.seen import Raw, box, seen, text

PORTAL = load_portal("v9", {"katip_url": "http://127.0.0.1"})
WORDS = PORTAL.wording.words
CONSENT = "Otomatik güncelleme onay izni veriyorum"
ASKS = ("emin misiniz",)


def tick(words: str, *, on: bool = False, tied: bool = True) -> Raw:
    """A check box with its words in a label, or with nothing that ties them to it."""
    state = {"ck": 1} | ({"se": 1} if on else {})
    mark = box("input", (510, 262, 16, 16), ty="checkbox", **state)
    return box("label" if tied else "div", (510, 260, 280, 20), mark, text(words, 540, 261))


def question(*inside: Raw, buttons: tuple[str, ...] = ("Evet, onayla", "Hayır")) -> Raw:
    words = box("h2", (510, 210, 280, 24), text("Emin misiniz?", 520, 212))
    below = box("p", (510, 236, 280, 20), text("Sözleşme işveren adına onaylanacaktır.", 510, 238))
    pressed = [
        box("button", (510 + 130 * n, 300, 120, 24), text(name, 514 + 130 * n, 302), ty="button")
        for n, name in enumerate(buttons)
    ]
    return box("div", (500, 200, 300, 140), words, below, *inside, *pressed, r="dialog")


def why(*inside: Raw) -> str:
    page = seen(question(*inside))
    window = find_window(seen(), page, PORTAL.wording.answer_keys, (), WORDS)
    assert window is not None
    return why_not_agreed(asked_words(page, window), ASKS)


def test_words_of_a_box_that_is_off_are_no_part_of_the_question() -> None:
    assert why() == ""
    assert why(tick(CONSENT)) == ""


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(tick(CONSENT, on=True), id="the consent is on"),
        pytest.param(tick(CONSENT, tied=False), id="nothing ties the words to the box"),
        pytest.param(box("p", (510, 260, 280, 20), text(CONSENT, 510, 261)), id="the question itself is the consent"),
    ],
)
def test_consent_that_agreeing_would_give_is_not_agreed_to(inside: Raw) -> None:
    assert "consent" in why(inside)


def test_reason_says_what_keeps_it_from_being_agreed_to() -> None:
    assert "[window] asks" in why_not_agreed("Devam edilsin mi?", ASKS)
    assert "another act" in why_not_agreed("Emin misiniz? Eski sözleşme iptal edilecektir.", ASKS)


@pytest.mark.parametrize(
    ("buttons", "pressed"),
    [
        (("Evet", "Hayır"), "Evet"),
        (("Hayır", "Evet, onayla!"), "Evet, onayla!"),
        (("Vazgeç", "Onayla"), "Onayla"),
        (("Evet, sil", "Vazgeç"), None),
        (("Evet", "Tamam"), None),
        (("Reddet", "Vazgeç"), None),
    ],
)
def test_button_that_agrees(buttons: tuple[str, ...], pressed: str | None) -> None:
    window = find_window(seen(), seen(question(buttons=buttons)), PORTAL.wording.answer_keys, (), WORDS)
    assert window is not None
    agreements = WORDS.keys((*PORTAL.window["agree"], "Onayla"))
    found = agreeing_button(window.buttons, agreements, WORDS)
    assert (found.name if found else None) == pressed
