"""The control desk: how tests and people look into the portal and switch its faults, on a port of its own."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue

from PracticePortal.faults import KINDS, make_fault
from PracticePortal.web import Portal


def control_app(portal: Portal) -> Flask:
    """Return the control desk's JSON interface.

    Args:
        portal: What the sites share.
    """
    app = Flask("control", static_folder=None)

    @app.get("/")
    def state() -> dict[str, Any]:
        return {
            "skin": portal.skin.value,
            "open_sessions": portal.store.open_sessions(),
            "faults": portal.faults.listing(),
            "known_faults": {name: kind.meaning for name, kind in KINDS.items()},
            "sms_code": portal.sms_code,
            "captcha": portal.captcha_text,
        }

    @app.get("/faults")
    def faults() -> dict[str, Any]:
        return {"faults": portal.faults.listing()}

    @app.post("/faults")
    def switch_on() -> ResponseReturnValue:
        sent = request.get_json()
        try:
            fault = make_fault(str(sent.pop("name", "")), **sent)
        except ValueError as error:
            return {"error": str(error)}, 400
        portal.switch_on(fault)
        return faults()

    @app.delete("/faults")
    def switch_off() -> dict[str, Any]:
        portal.faults.switch_off(request.args.get("name"))
        return faults()

    @app.get("/contracts")
    def contracts() -> dict[str, Any]:
        return {"contracts": portal.store.all_contracts()}

    @app.get("/log")
    def log() -> dict[str, Any]:
        return {"entries": portal.log.entries()}

    @app.post("/reset")
    def reset() -> dict[str, Any]:
        portal.faults.switch_off()
        portal.store.reset()
        portal.attempts.clear()
        portal.log.write("reset")
        return state()

    return app
