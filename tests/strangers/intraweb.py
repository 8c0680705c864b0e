"""A portal in the manner of Delphi's IntraWeb: nothing but absolutely placed texts and fields, each press posts the page.

The list is made of single texts without a row around them, a press on any of them selects its row. The form takes the page's place, its
captions lie above its fields in two columns, "Kayıt" is dark for a moment, and the answer is a native box on the page that follows.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from typing import Any

from flask import Flask, redirect, request
from markupsafe import Markup, escape

from tests.strangers.stage import Stranger, arrive, at, sign_in_by_form

ROWS = 6
COLUMNS = (("Adı Soyadı", "name", 190), ("Grv. Türü", "duty", 80), ("Personel Kategorisi", "category", 220), ("Grv. Başlama Tarih", "start", 120),
           ("Grv. Ayrılış Tarih", "end", 120), ("Grv. Onay Durumu", "status", 130), ("Çalışma Durumu", "state", 110), ("Çalışma Şekli", "work", 110))
TOOLS = ("Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export", "Tazele")
MENU = ("Ana Sayfa", "Güvenli Çıkış", "Anket", "İsg Profesyonelleri", "Hizmet Alan İşyerleri Modülü", "Kurum Değiştir")
SUBS = ("Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler")

PAGE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head><meta charset="utf-8"><title>%(title)s</title><style>
body{margin:0;background:#fff}.L,.C,.B,.E{position:absolute;font:12px "MS Sans Serif",Tahoma,sans-serif;white-space:nowrap;overflow:hidden}
.C{height:20px;line-height:20px;border-bottom:1px solid #c0c0c0;cursor:default}.H{background:#c0c0c0;font-weight:bold}.S{background:#000080;color:#fff}
.B{background:#c0c0c0;border:2px outset #fff;text-align:center;height:20px;line-height:20px;cursor:pointer}.B.D{color:#808080;text-shadow:1px 1px #fff;cursor:default}
</style></head><body><form name="SubmitForm" method="post" action="/$/callback"><input type="hidden" name="IW_FormName" value="%(form)s"><input type="hidden"
 name="IW_Action"><input type="hidden" name="IW_ActionParam"><input type="hidden" name="IW_TrackID" value="%(track)s">%(body)s</form><script>
var IWLocked=false;function Go(a,p){if(IWLocked)return false;IWLocked=true;var f=document.SubmitForm;f.IW_Action.value=a;f.IW_ActionParam.value=p||'';
document.body.style.cursor='wait';f.submit();return false}
var kalan=1200;setInterval(function(){kalan--;var e=document.getElementById('SURE');if(e)e.innerHTML='Kalan süre: '+Math.floor(kalan/60)+':'+('0'+kalan%%60).slice(-2)},1000);
%(script)s</script></body></html>"""


def put(kind: str, left: int, top: int, width: int, text: str, go: str = "", more: str = "") -> str:
    """One text at its place."""
    press = f' onclick="return Go(\'{go}\')"' if go else ""
    return f'<div class="{kind}" style="left:{left}px;top:{top}px;width:{width}px;{more}"{press}>{escape(text)}</div>'


class IntraWeb(Stranger):
    """IntraWeb."""

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f"""<html><body><div style="position:absolute;right:20px;top:10px"><a href="#" onclick="window.open('{katip}/','_blank');return false">İSG-KATİP</a></div><h2>OSGB</h2></body></html>""")

    def edevlet(self, app: Flask) -> None:
        def page(said: str) -> str:
            return f"""<!DOCTYPE html><meta charset="utf-8"><title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</title><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>{said}</p>
<form method="post"><p>T.C. Kimlik No<br><input name="k" maxlength="11"></p><p>e-Devlet Şifresi<br><input type="password" name="s"></p><input type="button" value="İptal Et"> <input type="submit" value="Sisteme Giriş Yap"></form>"""

        sign_in_by_form(app, self.play, page)

    # -- the portal ------------------------------------------------------------------------------------------------

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: self._page("Giriş", [put("B", 300, 200, 160, "İSG KATİP Giriş", "EDEVLET")]))
        at(app, "/giris", lambda: arrive("/EXEC/0"))

        @app.get("/EXEC/<path:where>")
        def shown(where: str) -> Any:
            current = play.session()
            return redirect("/") if current is None else self._show(current)

        @app.post("/$/callback")
        def posted() -> Any:
            action = request.form["IW_Action"]
            if action == "EDEVLET":
                return redirect(play.origin("edevlet") + "/Giris/gir")
            current = play.session()
            if current is None:
                return self._page("Oturum", [put("L", 60, 60, 500, "Oturumunuz zaman aşımına uğramıştır. Lütfen tekrar giriş yapınız.")])
            time.sleep(0.3)
            self._act(action, request.form["IW_ActionParam"], current)
            if play.session() is None:
                return self._page("Çıkış", [put("L", 60, 60, 400, "Programdan çıkış yapıldı.")])
            if "error200" in play.faults and action == "KAYIT":
                return self._page("Hata", [put("L", 60, 60, 500, "Exception class EOracleError: ORA-01033 at address 004A11F2")])
            return redirect(f"/EXEC/{secrets.token_hex(6)}")

    def _act(self, action: str, param: str, current: dict[str, Any]) -> None:
        """Take one press."""
        play = self.play
        pages = {"KULLANICI": "kurum", "DEGISTIR": "kurum", "ANA": "ana", "SOZLESME": "liste", "VAZGEC": "liste"}
        if action == "CIKIS":
            play.leave()
        elif action == "GIR" and request.form.get("LISTE"):
            play.choose(request.form["LISTE"])
            current.update(at="ana", open=False, page=0, chosen=None)
        elif action in pages:
            current["at"] = pages[action]
        elif action in ("MODUL", "SAYFA", "SATIR"):
            changes: dict[str, dict[str, Any]] = {"MODUL": {"open": not current["open"]}, "SAYFA": {"page": param, "chosen": None}, "SATIR": {"chosen": param}}
            current.update(changes[action])
        elif action == "Onayla" and current.get("chosen"):
            current.update(at="form", form=play.form(current["chosen"]).key)
        elif action == "KAYIT":
            said = play.save(current["form"])
            current.update(at="liste", said="" if "no_ok" in play.faults else said)
        elif action != "Tazele":
            play.note("touched", button=action)

    def _show(self, current: dict[str, Any]) -> str:
        where = current.get("at", "menu")
        if where == "menu":
            names = ("Kayıtlı Kullanıcı Girişi", "Sorgulama & Başvuru", "Vazgeç & Çıkış Yap", "İSG-KATİP Kullanıcı Kılavuzu")
            go = ("KULLANICI", "SORGU", "CIKIS", "KILAVUZ")
            return self._page("Ana menü", [put("B", 120 + 320 * (i % 2), 120 + 120 * (i // 2), 240, name, go[i]) for i, name in enumerate(names)])
        if where == "kurum":
            options = "".join(f'<option value="{w.sgk}">{escape(w.spoken)}</option>' for w in self.play.workplaces)
            return self._page("Kurum seçimi", [
                put("L", 40, 40, 500, "Lütfen işlem yapmak istediğiniz kurumu seçiniz"),
                f'<select class="E" name="LISTE" size="8" style="left:40px;top:70px;width:820px;height:150px">{options}</select>',
                put("B", 40, 240, 200, "Kayıtlı Kullanıcı Girişi", "GIR"), put("B", 260, 240, 200, "Vazgeç & Çıkış Yap", "CIKIS"),
                put("B", 40, 300, 240, "E-Bildirge Kullanıcısı Güncelle", "GUNCELLE"), put("B", 300, 300, 240, "İSG-KATİP Kullanıcı Kılavuzu", "KILAVUZ"),
            ])
        inside = {"ana": self._home, "liste": self._list, "form": self._form}[where](current)
        return self._page("İSG-KATİP v9.19.01.10", [*self._menu(current), *inside], self._script(current))

    def _script(self, current: dict[str, Any]) -> str:
        said = current.pop("said", "") if current["at"] == "liste" else ""
        if said:
            return f"setTimeout(function(){{alert({json.dumps(said, ensure_ascii=False)})}},40);"
        if current["at"] != "form":
            return ""
        wait = 5000 if "dark" in self.play.faults else 900
        return f"setTimeout(function(){{var b=document.getElementById('KAYIT');b.className='B';b.onclick=function(){{return Go('KAYIT')}}}},{wait});"

    def _menu(self, current: dict[str, Any]) -> Iterable[str]:
        yield put("L", 8, 6, 700, "İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı İSG-KATİP v9.19.01.10")
        yield '<div class="L" id="SURE" style="left:1200px;top:6px;width:160px">Kalan süre: 20:00</div>'
        top = 40
        go = ("ANA", "CIKIS", "ANKET", "PROF", "MODUL", "DEGISTIR")
        for name, action in zip(MENU, go, strict=True):
            yield put("L", 10, top, 210, name, action, "cursor:pointer")
            top += 22
            for sub in SUBS if action == "MODUL" and current["open"] else ():
                yield put("L", 34, top, 190, sub, "SOZLESME" if sub == "Sözleşmeler" else f"menü {sub}", "cursor:pointer")
                top += 22
        yield put("L", 10, top, 210, "Güvenli Çıkış", "CIKIS", "cursor:pointer")

    def _home(self, current: dict[str, Any]) -> Iterable[str]:
        yield put("L", 260, 60, 400, "HOŞGELDİNİZ")
        yield put("L", 260, 90, 600, "Personel Kategorisi: Hizmet Alan İşyeri E-Bildirge Kullanıcısı, Kullanıcı Grubu: Hizmet Alan İşyeri Kullanıcısı.")
        yield put("L", 260, 120, 900, "Sisteme 28.11.2026 09:14:03 tarihinde, 11111111110 ve 10.11.12.13 ile Girişiniz Kayıt Altına Alındı.")
        yield put("L", 260, 160, 400, "ONAY BEKLEYEN SÖZLEŞMELER")
        yield put("L", 260, 184, 500, f"{self.play.pending()} adet Onay Bekleyen Sözleşmeniz Bulunuyor.", "", "color:red")

    def _list(self, current: dict[str, Any]) -> Iterable[str]:
        chosen = current.get("chosen")
        left = 260
        for tool in TOOLS:
            width = 8 * len(tool) + 24
            dark = tool == "Onayla" and not (chosen and self.play.by_key(chosen).status == "Onay Bekliyor")
            yield put("B D" if dark else "B", left, 40, width, tool, "" if dark else tool)
            left += width + 4
        left, top = 260, 76
        for label, _, width in COLUMNS:
            yield put("C H", left, top, width, label)
            left += width
        yield from self._rows(current, top)

    def _rows(self, current: dict[str, Any], top: int) -> Iterable[str]:
        """The texts of one page of the list, and what turns it."""
        rows, chosen, page = self.play.rows(), current.get("chosen"), int(current["page"])
        first = page * ROWS
        for row in rows[first : first + ROWS]:
            left, top = 260, top + 21
            for _, key, width in COLUMNS:
                kind = "C S" if row["key"] == chosen else "C"
                yield put(kind, left, top, width, row[key]).replace("<div ", f"<div onclick=\"return Go('SATIR','{row['key']}')\" ", 1)
                left += width
        top += 30
        pages = -(-len(rows) // ROWS)
        last = min(len(rows), first + ROWS)
        for sign, to, shift in (("|<", 0, 0), ("<", page - 1, 34), (">", page + 1, 68), (">|", pages - 1, 102)):
            off = not 0 <= to < pages or to == page
            yield put("B D" if off else "B", 260 + shift, top, 28, sign).replace("<div ", "<div " if off else f"<div onclick=\"return Go('SAYFA','{to}')\" ", 1)
        yield put("L", 410, top + 4, 300, f"Kayıtlar {first + 1} - {last} Toplam {len(rows)}")

    def _form(self, current: dict[str, Any]) -> Iterable[str]:
        c = self.play.by_key(current["form"])
        yield put("L", 700, 44, 200, "SÖZLEŞME ONAY", "", "font-weight:bold")
        yield '<div class="B D" id="KAYIT" style="left:260px;top:40px;width:90px">Kayıt</div>'
        yield put("B", 360, 40, 120, "Sözleşme İptal", "Sözleşme İptal (form)")
        yield put("B", 490, 40, 90, "Vazgeç", "VAZGEC")
        fields = (("Adı Soyadı", c.name), ("Görevlendirme ID", c.gorevlendirme_id), ("Ayl. Çlş. Süresi (Dk)", c.minutes), ("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime),
                  ("Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest), ("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime))
        for i, (label, value) in enumerate(fields):
            left, top = 260 + 320 * (i % 2), 84 + 56 * (i // 2)
            yield put("L", left, top, 280, label)
            yield f'<input class="E" readonly name="E{i}" value="{escape(str(value))}" style="left:{left}px;top:{top + 18}px;width:240px">'
        yield put("L", 260, 260, 200, "Açıklama")
        yield '<textarea class="E" name="ACIKLAMA" style="left:260px;top:280px;width:560px;height:60px"></textarea>'

    def _page(self, title: str, body: Iterable[str], script: str = "") -> str:
        return PAGE % {"title": title, "form": f"form{len(title)}", "track": secrets.token_hex(4), "body": Markup("\n".join(body)), "script": script}


