"""The portal files that an operator would write for the looks of the skin `today`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_TURN = (
    '[columns]\nstatus = ["Onay Durumu"]\n'
    '[turn]\nof = "{of}"\nemployer = "green"\nlegend = ["İşyerinin onayı"]\n'
    '[[parties]]\nname = "Görevlendirilen Kişi"\ncolour = "red"\nlegend = ["Görevlendirilen kişinin onayı"]'
)
# What the file has to say for a look that the shipped practice-today.toml does not describe.
FILES: dict[str, str] = {
    "action=menu": '[approving]\nat = "menu"',
    "action=checked": '[approving]\nat = "toolbar"',
    "approved_in=all": '[list]\napproved = ["Tüm Sözleşmeler"]',
    "read_box=yes": '[approving]\ntick = ["Okudum, onaylıyorum"]',
    "information=yes": (
        '[approving]\nbefore = [{ page = "information", tick = ["Okudum ve onaylıyorum"], press = "İleri" }]\n'
        '[pages.information]\ntitle = "Bilgilendirme"\nall = ["Bilgilendirme Sayfası"]'
    ),
    "question=yes": '[window]\nasks = ["onaylamak istediğinizden emin misiniz"]',
    "turn=colour": _TURN.format(of="row"),
    "turn=cell": _TURN.format(of="status"),
    "question=box": ('[window]\nasks = ["onaylamak istediğinizden emin misiniz"]\ntick = ["Sözleşmeyi okudum"]'),
    "form=none": '[approving]\nform = "none"',
}


def file_for(folder: Path, look: Sequence[str], base: str = "practice-today", more: str = "") -> str:
    """Write the file that an operator would have for a look; the shipped one where that is enough."""
    tables: dict[str, list[str]] = {}
    for text in [FILES[part] for part in look if part in FILES] + ([more] if more else []):
        head = ""
        for line in text.splitlines():
            head = line if line.startswith("[") and not line.startswith("[{") else head
            if line != head:
                tables.setdefault(head, []).append(line)
    if not tables:
        return base
    top = tables.pop("", [])
    path = folder / "own.toml"
    lines = [f'extends = "{base}"', 'name = "own"', *top]
    for table, entries in tables.items():
        lines += [table, *entries]
    path.write_text("\n".join(lines), "utf-8")
    return str(path)
