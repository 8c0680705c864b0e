"""The clauses of DOK.10.01 rev 05, part 5, and the pictures that show the contracts' own ones."""

from __future__ import annotations

from typing import Final

from Katip.model import PictureStage

#: The clauses of DOK.10.01 rev 05, part 5, that an approval goes through.
CLAUSE_NUMBERS: Final = tuple(f"5.{number}" for number in range(1, 11))
#: The clauses whose evidence is in the contracts' own folders, with the pictures that show them.
CONTRACT_CLAUSES: Final = {
    "5.8": (PictureStage.BEFORE,),
    "5.9": (PictureStage.FORM, PictureStage.OK),
    "5.10": (PictureStage.AFTER,),
}
