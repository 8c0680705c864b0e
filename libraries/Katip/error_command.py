"""`katip error`: what a code means and what to do."""

from __future__ import annotations

import click

from Katip.command_language import language_option
from Katip.error_guide import ADVICE


@click.command(name="error")
@click.argument("code")
def error(code: str, language: str) -> None:
    """Say what an error CODE such as KTP-103 means and what to do."""
    wanted = code.strip().upper()
    wanted = wanted if wanted.startswith("KTP-") else f"KTP-{wanted}"
    advice = ADVICE.get(wanted)
    if advice is None:
        raise click.ClickException(f"{wanted}? {', '.join(sorted(ADVICE))}")
    click.echo(f"{wanted}: {advice.what(language)}\n→ {advice.now(language)}")


error.params.append(language_option(is_argument=True))
