"""The OSGB's web site: page 5.1."""

from __future__ import annotations

from flask import Flask, render_template

from PracticePortal.faults import Step
from PracticePortal.web import Portal, gate, make_app


def site_app(portal: Portal) -> Flask:
    """Return the OSGB's site.

    Args:
        portal: What the sites share.
    """
    app = make_app("site", portal)

    @app.get("/")
    def front() -> str:
        portal.write("site_visited")
        gate(portal, Step.SITE)
        return render_template("site.html")

    return app
