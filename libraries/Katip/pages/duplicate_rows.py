"""Number the rows of a list that nothing on it tells apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from Katip.model import Contract


def numbered(contracts: Sequence[Contract]) -> list[Contract]:
    """Return the contracts, those of the same identity and ID numbered from 0 in their order.

    Args:
        contracts: the rows of one list.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    found: list[Contract] = []
    for contract in contracts:
        key = (contract.identity, contract.gorevlendirme_id)
        found.append(replace(contract, twin=seen[key]) if seen[key] else contract)
        seen[key] += 1
    return found
