"""The result of one check, and a whole examination."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from Katip.messages import LANGUAGES, in_language


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages.

    Attributes:
        tr: Turkish.
        en: English.
    """

    tr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in a language.

        Args:
            language: ``tr`` or ``en``.
        """
        return self.en if language == "en" else self.tr


def text(message: str) -> Text:
    """Return a message of the catalogue as a text of a check."""
    return Text(*(in_language(message, each) for each in LANGUAGES))


TITLES = {
    "python": Text("Python", "Python"),
    "packages": Text("Paketler", "Packages"),
    "node": Text("Node parçası", "Node part"),
    "browser": Text("Tarayıcı", "Browser"),
    "display": Text("Ekran", "Display"),
    "keyring": Text("Anahtarlık", "Keyring"),
    "results": Text("Sonuç klasörü", "Results folder"),
    "free space": Text("Boş yer", "Free space"),
    "kind of disk": Text("Disk türü", "Kind of disk"),
    "path length": Text("Yol uzunluğu", "Path length"),
    "clock": Text("Saat", "Clock"),
    "proxy": Text("Vekil sunucu", "Proxy"),
    "certificates": Text("Sertifikalar", "Certificates"),
    "worklist": Text("Onay listesi", "Worklist"),
    "addresses": Text("Adresler", "Addresses"),
    "pages": Text("Sayfalar", "Pages"),
    "walk": Text("Portalda yol", "Way through the portal"),
    "sign_in": Text("Giriş", "Sign-in"),
    "sign_out": Text("Çıkış", "Sign-out"),
    "columns": Text("Sütunlar", "Columns"),
    "statuses": Text("Durumlar", "Statuses"),
    "detail": Text("Detay", "Detail"),
    "fields": Text("Form alanları", "Fields of the form"),
    "window.asks": Text("Kayıttan sonraki soru", "Question after saving"),
}
# Of names with a dot the first part: the section of a portal's file.
_SECTIONS = {
    "pages": Text("Sayfa", "Page"),
    "labels": Text("Etiket", "Label"),
    "columns": Text("Sütun", "Column"),
    "statuses": Text("Durum", "Status"),
    "fields": Text("Form alanı", "Field"),
    "approving": Text("Onay", "Approving"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check.

    Attributes:
        name: its stable name, for programs; `TITLES` has what a person reads.
        state: how it ended.
        seen: what was found.
        mend: what to do about it; None if nothing is to do.
    """

    name: str
    state: State
    seen: Text
    mend: Text | None = None

    @property
    def title(self) -> Text:
        """What a person calls the check."""
        section, _, key = self.name.partition(".")
        if key and section in _SECTIONS:
            return Text(f"{_SECTIONS[section].tr} {key}", f"{_SECTIONS[section].en} {key}")
        return TITLES.get(self.name, Text(self.name, self.name))


def ok(name: str, tr: str, en: str) -> Check:
    """Return a check that found nothing wrong."""
    return Check(name, State.OK, Text(tr, en))


def warning(name: str, seen: Text, mend: Text) -> Check:
    """Return a check that found what may cause trouble; a run can start all the same."""
    return Check(name, State.WARNING, seen, mend)


def failed(name: str, seen: Text, mend: Text) -> Check:
    """Return a check that found what keeps a run from working."""
    return Check(name, State.FAILED, seen, mend)


Examination = Callable[[], Iterable[Check]]


def examine(parts: Iterable[tuple[str, Examination]]) -> Iterator[Check]:
    """Carry out examinations; one that breaks off is itself a finding, and the others still run.

    Args:
        parts: name and examination.

    Yields:
        The checks, in order.
    """
    for name, examination in parts:
        try:
            yield from examination()
        except Exception as error:  # an examination meets broken machines: whatever it raises is what it found
            words = f"{type(error).__name__}: {error}"
            yield failed(
                name,
                Text(f"denetlenemedi ({words})", f"could not be checked ({words})"),
                Text("Bu satırı destek kaydına ekleyin.", "Add this line to a report of the problem."),
            )


def as_data(check: Check, language: str) -> dict[str, str]:
    """Return a check as plain values.

    Args:
        check: the check.
        language: ``tr`` or ``en``.

    Returns:
        ``name``, ``state``, ``seen``, and ``mend`` where there is one.
    """
    data = {"name": check.name, "state": check.state.value, "seen": check.seen.in_language(language)}
    return data | ({"mend": check.mend.in_language(language)} if check.mend else {})
