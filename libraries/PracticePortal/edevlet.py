"""e-Devlet: the sign-in, page 5.3."""

from __future__ import annotations

import secrets

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from PracticePortal.faults import Step
from PracticePortal.request_log import mask_number
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

    def login_page(message: str = "") -> str:
        captcha = portal.captcha_text if portal.faults.waiting("captcha") else ""
        return render_template("edevlet.html", message=message, captcha=captcha)

    def refuse(number: str, message: str) -> ResponseReturnValue:
        user = mask_number(number)
        portal.attempts[user] = portal.attempts.get(user, 0) + 1
        portal.write("sign_in", user=user, accepted=False, attempt=portal.attempts[user])
        return login_page(message)

    def accept(number: str) -> ResponseReturnValue:
        user = mask_number(number)
        portal.attempts.pop(user, None)
        portal.write("sign_in", user=user, accepted=True)
        return redirect(f"{portal.addresses.katip}/Default.aspx?state={portal.store.make_code(number)}")

    @app.get("/")
    @app.get("/Giris/gir")
    def login() -> str:
        portal.write("login_page")
        gate(portal, Step.LOGIN)
        return login_page()

    @app.post("/Giris/gir")
    def sign_in() -> ResponseReturnValue:
        gate(portal, Step.LOGIN)
        number, password = request.form.get("tridField", "").strip(), request.form.get("egpField", "")
        if portal.faults.strike("captcha", Step.LOGIN):
            portal.write("captcha_answered", right=request.form.get("captchaField") == portal.captcha_text)
            if request.form.get("captchaField") != portal.captcha_text:
                return login_page(_WRONG_CAPTCHA)
        if not portal.store.password_matches(number, password):
            return refuse(number, _WRONG)
        if portal.faults.strike("second_factor", Step.LOGIN):
            return ask_for_code(number)
        return accept(number)

    def ask_for_code(number: str) -> ResponseReturnValue:
        key = secrets.token_urlsafe(16)
        waiting_for_code[key] = number
        portal.write("code_asked", user=mask_number(number))
        response = redirect("/Giris/dogrulama")
        response.set_cookie(_COOKIE, key, httponly=True, samesite="Lax")
        return response

    @app.get("/Giris/dogrulama")
    def code_page() -> str:
        return render_template("edevlet_code.html", message="")

    @app.post("/Giris/dogrulama")
    def check_code() -> ResponseReturnValue:
        key = request.cookies.get(_COOKIE, "")
        number = waiting_for_code.get(key)
        if number is None:
            return redirect("/Giris/gir")
        if request.form.get("smsField", "").strip() != portal.sms_code:
            portal.write("code_answered", user=mask_number(number), right=False)
            return render_template("edevlet_code.html", message=_WRONG_CODE)
        del waiting_for_code[key]
        portal.write("code_answered", user=mask_number(number), right=True)
        return accept(number)

    @app.get("/Giris/iptal")
    def cancel() -> ResponseReturnValue:
        portal.write("sign_in_cancelled")
        return redirect(portal.addresses.katip)

    return app
