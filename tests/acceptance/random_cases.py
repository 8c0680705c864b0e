"""Cases that are drawn at random from a seed."""

from __future__ import annotations

import os

from tests.acceptance.cases import make_case

SEED = int(os.environ.get("KATIP_SEED", "20210303"))
CASES = 12
STOPPED = [number for number in range(CASES) if make_case(SEED, number).stop]
