"""To which application e-Devlet says that the person signs in ("Giriş Yapılacak Uygulama"); for the record."""

from __future__ import annotations

from Katip.origins import is_one_of, origin_of
from Katip.portal import Portal
from Katip.reading import forms
from Katip.reading.snapshot import Snapshot


def application_shown(snapshot: Snapshot, portal: Portal) -> str:
    """Return the application that is named on e-Devlet's sign-in page.

    Args:
        snapshot: what is seen.
        portal: the portal in use; its label ``application`` says what is before the name.

    Returns:
        The application's name; empty where the page is not e-Devlet's, or names none.
    """
    label = portal.labels.get("application")
    if label is None or not is_one_of(snapshot.origin, {origin_of(portal.edevlet_url)}):
        return ""
    shown = forms.values_of(snapshot, label, (), portal.wording.words)
    return next((field.value for field in shown if field.value), "")
