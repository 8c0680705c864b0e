"""`katip credentials`: number and password in the system's keyring."""

from __future__ import annotations

import warnings
from getpass import GetPassWarning

import click

from Katip.errors import CredentialsUnavailable
from Katip.masking import masked_number
from Katip.messages import msg
from Katip.run.credentials import forget_stored_account, store_account, stored_account


@click.group()
def credentials() -> None:
    """Keep number and password for SIGN_IN:password in the system's keyring."""


@credentials.command("set")
def set_() -> None:
    """Ask for number and password, neither of which is shown, and store them."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # without a terminal what is typed would be shown
        try:
            number = click.prompt(msg("T.C. number (not shown)"), hide_input=True)
            password = click.prompt(msg("e-Devlet password (not shown)"), hide_input=True)
        except GetPassWarning:
            raise CredentialsUnavailable(
                msg("Asking for number and password"),
                msg("a terminal, on which what is typed is not shown"),
                msg("Number and password are typed on a terminal, and there is none."),
                msg("Open a terminal (on Windows PowerShell) and type the command there."),
            ) from None
    kept_in = store_account(number.strip(), password)
    click.echo(msg("Stored in {keyring}. A run takes them with -v SIGN_IN:password.", keyring=kept_in))


@credentials.command()
def show() -> None:
    """Say whose number is stored, masked; the password is never shown. Ends with 1 where there is none."""
    account = stored_account()
    if account is None:
        click.echo(msg("Nothing is stored."))
        raise SystemExit(1)
    click.echo(msg("Stored: {number}, with a password.", number=masked_number(account.tckn.value)))


@credentials.command()
def forget() -> None:
    """Delete number and password from the keyring."""
    found = forget_stored_account()
    click.echo(msg("Deleted.") if found else msg("Nothing is stored."))
