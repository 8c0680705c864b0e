"""e-Devlet: the sign-in, page 5.3."""

from __future__ import annotations

import secrets

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from PracticePortal.examples import example_user
from PracticePortal.faults import Step
from PracticePortal.request_log import mask_number
from PracticePortal.screens import Skin
from PracticePortal.web import Portal, gate, make_app

_COOKIE = "edevlet_oturum"
_WRONG = "Girdiğiniz T.C. Kimlik Numarası veya e-Devlet Şifresi hatalıdır. Lütfen kontrol ederek yeniden deneyiniz."
_WRONG_CAPTCHA = "Güvenlik kodu hatalıdır."
_WRONG_CODE = "Doğrulama kodu hatalıdır."


def edevlet_app(portal: Portal) -> Flask:
    """Return e-Devlet's sign-in.

    Args:
        portal: What the sites share.
    """
    app = make_app("edevlet", portal)
    waiting_for_code: dict[str, str] = {}
    _add_password_page(app, portal, waiting_for_code)
    _add_code_page(app, portal, waiting_for_code)

    @app.get("/Giris/iptal")
    def cancel() -> ResponseReturnValue:
        portal.write("sign_in_cancelled")
        return redirect(portal.addresses.katip)

    return app


def _add_password_page(app: Flask, portal: Portal, waiting_for_code: dict[str, str]) -> None:
    @app.get("/")
    @app.get("/Giris/gir")
    def login() -> ResponseReturnValue:
        portal.write("login_page")
        gate(portal, Step.LOGIN)
        return _login_page(portal)

    @app.get("/Giris/mobil")
    def signed_by_telephone() -> ResponseReturnValue:
        if portal.faults.strike("mobile_signature", Step.LOGIN) is None:
            return redirect("/Giris/gir")
        return _accept(portal, example_user().number)

    @app.post("/Giris/gir")
    def sign_in() -> ResponseReturnValue:
        gate(portal, Step.LOGIN)
        number, password = request.form.get("tridField", "").strip(), request.form.get("egpField", "")
        if portal.faults.strike("captcha", Step.LOGIN):
            right = request.form.get("captchaField") == portal.captcha_text
            portal.write("captcha_answered", right=right)
            if not right:
                return _login_page(portal, _WRONG_CAPTCHA)
        if not portal.store.password_matches(number, password):
            return _refuse(portal, number)
        if portal.faults.strike("second_factor", Step.LOGIN):
            return _ask_for_code(portal, number, waiting_for_code)
        return _accept(portal, number)


def _add_code_page(app: Flask, portal: Portal, waiting_for_code: dict[str, str]) -> None:
    @app.get("/Giris/dogrulama")
    def code_page() -> str:
        return render_template("edevlet_code.html", message="")

    @app.post("/Giris/dogrulama")
    def check_code() -> ResponseReturnValue:
        key = request.cookies.get(_COOKIE, "")
        number = waiting_for_code.get(key)
        if number is None:
            return redirect("/Giris/gir")
        right = request.form.get("smsField", "").strip() == portal.sms_code
        portal.write("code_answered", user=mask_number(number), right=right)
        if not right:
            return render_template("edevlet_code.html", message=_WRONG_CODE)
        del waiting_for_code[key]
        return _accept(portal, number)


def _login_page(portal: Portal, message: str = "") -> str:
    captcha = portal.captcha_text if portal.faults.waiting("captcha") else ""
    signature = portal.faults.waiting("mobile_signature")
    return render_template("edevlet.html", message=message, captcha=captcha, signed_after=signature and signature.ms)


def _refuse(portal: Portal, number: str) -> ResponseReturnValue:
    user = mask_number(number)
    portal.attempts[user] = portal.attempts.get(user, 0) + 1
    portal.write("sign_in", user=user, accepted=False, attempt=portal.attempts[user])
    return _login_page(portal, _WRONG)


def _ask_for_code(portal: Portal, number: str, waiting_for_code: dict[str, str]) -> ResponseReturnValue:
    key = secrets.token_urlsafe(16)
    waiting_for_code[key] = number
    portal.write("code_asked", user=mask_number(number))
    response = redirect("/Giris/dogrulama")
    response.set_cookie(_COOKIE, key, httponly=True, samesite="Lax")
    return response


def _accept(portal: Portal, number: str) -> ResponseReturnValue:
    user = mask_number(number)
    portal.attempts.pop(user, None)
    portal.write("sign_in", user=user, accepted=True)
    code = portal.store.make_code(number)
    way = f"giris?kod={code}" if portal.skin == Skin.TODAY else f"Default.aspx?state={code}"
    return redirect(f"{portal.addresses.katip}/{way}")
