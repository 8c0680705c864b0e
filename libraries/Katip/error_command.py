"""`katip error`: what a code means and what to do."""

from __future__ import annotations

import click

from Katip.error_guide import ADVICE
from Katip.messages import msg


@click.command(name="error")
@click.argument("code")
def error(code: str) -> None:
    """Say what an error CODE such as KTP-103 means and what to do."""
    wanted = code.strip().upper()
    wanted = wanted if wanted.startswith("KTP-") else f"KTP-{wanted}"
    advice = ADVICE.get(wanted)
    if advice is None:
        raise click.UsageError(
            msg("There is no code {code}. Known: {known}", code=wanted, known=", ".join(sorted(ADVICE)))
        )
    click.echo(f"{wanted}: {msg(advice.what)}\n→ {msg(advice.now)}")
