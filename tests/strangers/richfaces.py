"""A portal in the manner of JSF and RichFaces: every answer replaces parts of the page, a poll draws the list anew, a state field that ages.

The list keeps the selection and the filter of an earlier visit, its pages come slowly and are drawn twice, and the form's window
shows the contract of before until its own has come.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, Response, abort, redirect, render_template_string, request
from markupsafe import Markup

from tests.strangers.stage import TCKN, Contract, Stranger, arrive, at, sign_in_by_form

STYLE = """<style>body{margin:0;font:11px Arial,Verdana,sans-serif;color:#000}.rich-panel{border:1px solid #bed6f8;margin:12px;width:380px;
display:inline-block;vertical-align:top}.rich-panel-header{background:#4a75b5;color:#fff;font-weight:bold;padding:3px}.rich-panel-body{padding:10px}
.rich-toolbar{width:100%;background:#d4dfec;border:1px solid #bed6f8;border-collapse:collapse}.rich-pmenu{width:230px;border:1px solid #bed6f8}
.rich-pmenu-group,.rich-pmenu-item{width:100%;border-top:1px solid #dfe8f6;cursor:pointer}.rich-pmenu td{padding:3px}
.rich-table{border-collapse:collapse;background:#fff}.rich-table td,.rich-table th{border:1px solid #c0c0c0;padding:4px;font-size:11px}
.rich-table-subheadercell{background:#bed6f8}.secili td{background:#ffe9a8}.rich-datascr-button,.rich-datascr-inact,.rich-datascr-act{
padding:2px 6px;border:1px solid #c4c0b9;cursor:pointer}.rich-datascr-button-dsbld{color:#bbb;cursor:default}.rich-datascr-act{font-weight:bold;cursor:default}
.rich-mpnl-mask-div{position:fixed;left:0;top:0;width:100%;height:100%;background:#d0d0d0;opacity:.5;z-index:99}
.rich-mpnl-panel{position:fixed;background:#fff;border:1px solid #4a75b5;z-index:100}.btn-off{color:#999}
.durum{position:fixed;right:8px;bottom:8px;background:#fff8d0;border:1px solid #cc9;padding:4px 8px}</style>"""

HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8" /><title>İSG-KATİP</title>""" + STYLE + """
<script>/* a4j: one request at a time, the answer's parts take the place of the page's */
var A4J={q:[],busy:false,go:function(src,more,done){A4J.q.push([src,more,done]);A4J.pump()},pump:function(){if(A4J.busy||!A4J.q.length)return;A4J.busy=true;
var c=A4J.q.shift(),f=document.getElementById('f'),d=new FormData(f);d.append('AJAXREQUEST','_viewRoot');d.append('src',c[0]);for(var k in c[1]||{})d.append(k,c[1][k]);
var s=document.getElementById('durum');if(s&&c[0]!='poll')s.style.display='';
fetch(f.action,{method:'POST',body:d}).then(function(r){return r.text().then(function(t){if(!r.ok)throw t;return t})}).then(function(t){
var x=new DOMParser().parseFromString(t,'text/html');A4J.put(x);A4J.free();if(c[2])c[2](x);
var o=x.getElementById('oncomplete');if(o)eval(o.textContent);A4J.pump()},function(t){A4J.free();A4J.q=[];
if(typeof t=='string')document.body.innerHTML=t;else alert('Sunucuya ulaşılamadı.')})},
free:function(){A4J.busy=false;var s=document.getElementById('durum');if(s)s.style.display='none'},
put:function(x){(x.getElementById('ids')||{textContent:''}).textContent.split(',').forEach(function(i){var o=document.getElementById(i),n=x.getElementById(i);
if(o&&n)o.parentNode.replaceChild(document.importNode(n,true),o)});var v=x.getElementById('javax.faces.ViewState');if(v)document.getElementById('javax.faces.ViewState').value=v.value}};
function cf(n,v){var f=document.getElementById('f');var h=document.createElement('input');h.type='hidden';h.name=n;h.value=v;f.appendChild(h);f.submit();return false}
</script></head><body>"""
FORM = """<form id="f" name="f" method="post" action="{{ request.path }}" enctype="application/x-www-form-urlencoded"><input type="hidden" name="f" value="f" />
<input type="hidden" name="javax.faces.ViewState" id="javax.faces.ViewState" value="{{ vs }}" autocomplete="off" />"""

ENTRY = """<div style="text-align:center;margin-top:80px"><h2>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı</h2><a href="#"
 onclick="return cf('f:giris','1')">İSG KATİP Giriş</a></div></form></body></html>"""

MENU = """{% for t, s in items %}<div class="rich-panel"><div class="rich-panel-header">{{ t }}</div><div class="rich-panel-body"><p>{{ s }}</p><input
 type="submit" name="f:b{{ loop.index0 }}" value="{{ t }}" /></div></div>{% endfor %}</form></body></html>"""

CHOICE = """<div style="padding:20px"><p>İşlem yapılacak kurumu seçiniz</p><select name="f:kurum" size="5" style="width:760px">{% for w in places %}<option
 value="{{ w.sgk }}">{{ w.spoken }}</option>{% endfor %}</select><p><input type="submit" name="f:gir" value="Kayıtlı Kullanıcı Girişi" /> <input type="submit"
 name="f:vaz" value="Vazgeç &amp; Çıkış Yap" /></p><p>Eğer Sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki listede gözükmüyor ise <b>E-Bildirge
 Kullanıcısı Güncelle</b> butonuna basınız.</p><input type="submit" name="f:gunc" value="E-Bildirge Kullanıcısı Güncelle" /> <input type="button"
 value="İSG-KATİP Kullanıcı Kılavuzu" /></div></form></body></html>"""

SUBS = ["Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Sorumlu Müdür İşlemleri", "Dosyalar"]
TOOLS = ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export", "Tazele", "Sözleşmeleri Diğer İşyerlerim"]
COLUMNS = [("Adı Soyadı", "name"), ("Grv. Türü", "duty"), ("Personel Kategorisi Adı", "category"), ("Çalışma Şekli", "work"), ("Grv. Başlama Trh.", "start"),
           ("Çalışma Durumu", "state"), ("Grv. Ayrılış Trh.", "end"), ("Grv. Onay Durumu", "status")]

DESK = """<table class="rich-toolbar"><tr><td><b>İSG-KATİP v9.19.01.10</b></td><td>Kurum Bilgileri</td><td>Kullanıcı Bilgileri</td><td>Kullanıcı
 Kılavuzu</td><td>Kurum Kep Adresi</td><td id="sayac">{{ clock }}</td></tr></table>
<table width="100%"><tr><td width="240" valign="top"><div class="rich-pmenu" id="f:menu">{% macro item(t, src, deep) %}<table class="rich-pmenu-item"><tr
 onclick="A4J.go('{{ src }}')"><td width="{{ 30 if deep else 16 }}">&#160;</td><td>{{ t }}</td></tr></table>{% endmacro %}
{{ item('Ana Sayfa', 'home', 0) }}{{ item('Güvenli Çıkış', 'out', 0) }}{{ item('Anket', 'x', 0) }}{{ item('İsg Profesyonelleri', 'x', 0) }}
<table class="rich-pmenu-group"><tr onclick="var d=document.getElementById('f:alt');setTimeout(function(){d.style.display=d.style.display?'':'none'},200)"><td
 width="16">&#9656;</td><td>Hizmet Alan İşyeri Modülü</td></tr></table><div id="f:alt" style="display:none">{% for s in subs %}{{ item(s, 'grid' if loop.first else
 'menu:' ~ s, 1) }}{% endfor %}</div>{{ item('Kurum Değiştir', 'change', 0) }}{{ item('Güvenli Çıkış', 'out', 0) }}</div></td>
<td valign="top" id="orta">{{ middle }}</td></tr></table><div class="durum" id="durum" style="display:none">Lütfen bekleyiniz...</div><div id="panel">{{ panel
}}</div><div id="mesaj"></div>
<script>setInterval(function(){A4J.go('poll')},4000)</script></form></body></html>"""

HELLO = """<div style="padding:14px"><h3>HOŞGELDİNİZ</h3>Hoşgeldiniz Sayın DENEME KULLANICI<br />Personel Kategorisi: <b>Hizmet Alan İşyeri E-Bildirge
 Kullanıcısı</b>,<br />Kullanıcı Grubu: <b>Hizmet Alan İşyeri Kullanıcısı</b>.<p>Sisteme {{ now }} tarihinde, {{ tc }} ve 192.0.2.91 ile Girişiniz Kayıt Altına
 Alındı.</p><h3>SİZE ÖZEL</h3>Size özel mesaj bulunmamaktadır.<h3>ONAY BEKLEYEN SÖZLEŞMELER</h3>{{ pending }} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</div>"""

LIST = """<div id="araclar" style="padding:4px">{% for t, off in tools %}<input type="button" value="{{ t }}" {% if off %}disabled="disabled" {% endif
 %}onclick="A4J.go('tool:{{ t }}')" /> {% endfor %}</div><table class="rich-table" id="f:liste" width="980"><thead><tr>{% for label, _ in columns %}<th
 class="rich-table-subheadercell" scope="col"><div>{{ label }}</div></th>{% endfor %}</tr><tr>{% for _, key in columns %}<th><input type="text"
 name="flt:{{ key }}" value="{{ filters.get(key, '') }}" size="8" onchange="A4J.go('filter')" /></th>{% endfor %}</tr></thead>
<tbody id="f:liste:tb">{% for r in rows %}<tr class="rich-table-row{{ ' secili' if r.key == chosen }}" onclick="A4J.go('row',{key:'{{ r.key }}'})">{% for _, key in
 columns %}<td class="rich-table-cell">{{ r[key] }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>
<table id="f:sayfa"><tr>{% macro turn(t, to, off) %}<td class="rich-datascr-button{{ ' rich-datascr-button-dsbld' if off }}"{% if not off %}
 onclick="A4J.go('page',{to:{{ to }}})"{% endif %}>{{ t }}</td>{% endmacro %}{{ turn('««', 1, page == 1) }}{{ turn('«', page - 1, page == 1) }}{% for n in
 range(1, pages + 1) %}{% if n == page %}<td class="rich-datascr-act">{{ n }}</td>{% else %}<td class="rich-datascr-inact" onclick="A4J.go('page',{to:{{ n }}})">{{ n
 }}</td>{% endif %}{% endfor %}{{ turn('»', page + 1, page == pages) }}{{ turn('»»', pages, page == pages) }}</tr></table>"""

PANEL = """<div class="rich-mpnl-mask-div"></div><div class="rich-mpnl-panel" style="left:260px;top:90px;width:620px"><table width="100%" cellspacing="0"><tr><td
 class="rich-panel-header">SÖZLEŞME ONAY</td></tr><tr><td><div id="formici"><input type="button" value="Kayıt" {% if dark %}disabled="disabled" {% endif
 %}onclick="A4J.go('save',{key:'{{ c.key }}'})" /> <input type="button" value="Sözleşme İptal" onclick="A4J.go('tool:Sözleşme İptal (form)')" /> <input type="button"
 value="Vazgeç" onclick="A4J.go('close')" /><table border="0" cellpadding="3">{% for label, value in lines %}<tr><td>{{ label }}</td><td>:</td><td><input type="text"
 readonly="readonly" value="{{ value }}" size="34" /></td></tr>{% endfor %}<tr><td>Açıklama</td><td>:</td><td><textarea name="aciklama"></textarea></td></tr></table>
</div></td></tr></table></div>"""

SAID = """<div class="rich-mpnl-mask-div" style="z-index:200"></div><div class="rich-mpnl-panel" style="left:380px;top:200px;width:340px;z-index:201"><div
 class="rich-panel-header">Bilgi</div><div style="padding:14px"><dl class="rich-messages"><dt><span class="rich-messages-label">{{ said }}</span></dt></dl><input
 type="button" value="OK" onclick="A4J.go('said')" /></div></div>"""


def lines(c: Contract) -> list[tuple[str, Any]]:
    """The form's labels and values."""
    return [("Adı Soyadı", c.name), ("Görevlendirme ID", c.gorevlendirme_id), ("Personel Kategorisi", c.category), ("Ayl. Çlş. Süresi (Dk)", c.minutes),
            ("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime), ("Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest), ("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime)]


class RichFaces(Stranger):
    """JSF with RichFaces 3."""

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f'<html><body><div align="right"><form action="{katip}/" target="_blank"><input type="submit" value="İSG Katip"></form></div><h1>OSGB</h1></body></html>')

    def edevlet(self, app: Flask) -> None:
        def page(said: str) -> str:
            return f"""<!DOCTYPE html><meta charset="utf-8"><title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</title><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>{said}</p>
<form method="post"><p><label for="a">T.C. Kimlik No</label> <input id="a" name="k"></p><p><label for="b">e-Devlet Şifresi</label> <input id="b" type="password" name="s"></p><button type="button">İptal Et</button> <button>Sisteme Giriş Yap</button></form>"""

        sign_in_by_form(app, self.play, page)

    # -- the portal ------------------------------------------------------------------------------------------------

    def katip(self, app: Flask) -> None:
        play = self.play

        def view(template: str, **values: Any) -> str:
            current = play.session()
            state = secrets.token_hex(8)
            if current is not None:
                current["view"] = state
            return render_template_string(HEAD + FORM + template, vs=f"j_id{state}", **values)

        at(app, "/giris", lambda: arrive("/menu.seam"))

        @app.route("/", methods=["GET", "POST"])
        def entry() -> Any:
            return view(ENTRY) if request.method == "GET" else redirect(play.origin("edevlet") + "/Giris/gir")

        @app.route("/menu.seam", methods=["GET", "POST"])
        def menu() -> Any:
            if request.method == "POST":
                if "f:b0" in request.form:
                    return redirect("/kurum.seam")
                if "f:b2" in request.form:
                    play.leave()
                    return redirect("/")
            return view(MENU, items=[("Kayıtlı Kullanıcı Girişi", "OSGB, işyeri"), ("Sorgulama & Başvuru", "Belge sorgulama"), ("Vazgeç & Çıkış Yap", "e-Devlet kapısı"), ("İSG-KATİP Kullanıcı Kılavuzu", "PDF")])

        @app.route("/kurum.seam", methods=["GET", "POST"])
        def choice() -> Any:
            if "f:gir" in request.form and request.form.get("f:kurum"):
                play.choose(request.form["f:kurum"])
                current = play.session() or {}
                rows = [c for c in play.contracts if c.status == "Onay Bekliyor"]
                current.update(page=1, chosen=rows[-1].key, filters={}, form=None)  # the selection of an earlier visit
                return redirect("/Default.seam?state=" + secrets.token_hex(16))
            if "f:vaz" in request.form:
                play.leave()
                return redirect("/")
            return view(CHOICE, places=play.workplaces)

        self._desk(app, view)

        @app.get("/cikis.seam")
        def gone() -> str:
            return "<html><body><h3>Oturumunuz güvenli olarak kapatılmıştır.</h3></body></html>"

    def _desk(self, app: Flask, view: Callable[..., str]) -> None:
        play = self.play

        def hello() -> Markup:
            return Markup(render_template_string(HELLO, now=datetime.now().strftime("%d.%m.%Y %H:%M:%S"), tc=TCKN, pending=play.pending()))

        @app.get("/Default.seam")
        def desk() -> Any:
            if play.session() is None:
                return redirect("/")
            return view(DESK, middle=hello(), panel="", subs=SUBS, clock="Oturum süresi: 20:00")

        @app.post("/Default.seam")
        def a4j() -> Response:
            current = play.session()
            if current is None or request.form["javax.faces.ViewState"] != "j_id" + current.get("view", ""):
                return Response("<h3>javax.faces.application.ViewExpiredException</h3><p>Oturumunuz sonlanmıştır, yeniden giriş yapınız.</p>", 500)
            source = request.form["src"]
            if source != "poll":
                low, high = (3, 8) if "sluggish" in play.faults else (0.3, 0.9)
                time.sleep(random.uniform(low, high))
            parts, script = self._answer(source, current, hello)
            state = current["view"] = secrets.token_hex(8)
            body = "".join(f'<div id="{i}">{html}</div>' if i != "orta" else f'<table><tr><td valign="top" id="orta">{html}</td></tr></table>' for i, html in parts)
            return Response(
                f'<html><body>{body}<span id="ids">{",".join(i for i, _ in parts)}</span><input id="javax.faces.ViewState" value="j_id{state}">'
                + (f'<span id="oncomplete">{script}</span>' if script else "") + "</body></html>"
            )

    def _answer(self, source: str, current: dict[str, Any], hello: Callable[[], Markup]) -> tuple[list[tuple[str, Any]], str]:
        """What one request draws anew, and the script that runs when it has come."""
        if source == "poll":
            return ([("orta", self._list(current))] if current.get("listed") else []), ""
        if source in ("page", "filter", "row", "grid", "redraw", "said"):
            return self._listing(source, current)
        if source == "tool:Tazele":
            return self._listing("grid", current)
        if source == "home":
            current["listed"] = False
            return [("orta", hello())], ""
        if source == "out":
            self.play.leave()
        if source in ("out", "change"):
            return [], f"location='/{'cikis' if source == 'out' else 'kurum'}.seam'"
        return self._form(source, current)

    def _form(self, source: str, current: dict[str, Any]) -> tuple[list[tuple[str, Any]], str]:
        """What a request about the form's window draws anew, and the script that runs when it has come."""
        play = self.play
        if source == "tool:Onayla":
            before = current["form"]
            current["form"] = play.form(current["chosen"])
            shown = before or current["form"]  # what the window held before, until its own comes
            return [("panel", self._panel(shown, dark=True))], "setTimeout(function(){A4J.go('fill')},300)"
        if source == "fill":
            dark = "dark" in play.faults and not current.get("lit")
            current["lit"] = dark
            return [("panel", self._panel(current["form"], dark=dark))], "setTimeout(function(){A4J.go('fill')},3500)" if dark else ""
        if source == "close":
            return [("panel", "")], ""
        if source == "save":
            said = self._save()
            if "no_ok" in play.faults:
                return [], "A4J.go('said')"
            return [("mesaj", Markup(render_template_string(SAID, said=said)))], ""
        play.note("touched", button=source)
        return [], ""

    def _save(self) -> str:
        said = self.play.save(request.form["key"])
        if "error200" in self.play.faults:
            abort(Response("<h3>İşlem Hatası</h3><p>javax.el.ELException: NullPointerException</p>", 200))
        return said

    def _listing(self, source: str, current: dict[str, Any]) -> tuple[list[tuple[str, Any]], str]:
        if source == "page":
            current["page"] = int(request.form["to"])
        if source == "filter":
            current.update(page=1, filters={k.removeprefix("flt:"): v for k, v in request.form.items() if k.startswith("flt:") and v})
        if source == "row":
            current["chosen"] = request.form["key"]
        if source == "said":
            return [("mesaj", ""), ("panel", ""), ("orta", self._list(current))], ""
        # drawn twice: first what was there before, with the new page's numbers, then the rows
        return [("orta", self._list(current))], "" if source == "redraw" else "A4J.go('redraw')"

    def _list(self, current: dict[str, Any]) -> Markup:
        play = self.play
        current["listed"] = True
        rows = [r for r in play.rows() if all(v.casefold() in r[k].casefold() for k, v in current["filters"].items())]
        pages = max(1, -(-len(rows) // 5))
        page = current["page"] = min(current["page"], pages)
        chosen = current["chosen"]
        status = play.by_key(chosen).status if chosen else ""
        tools = [(t, t == "Onayla" and status != "Onay Bekliyor") for t in TOOLS]
        return Markup(render_template_string(LIST, tools=tools, columns=COLUMNS, filters=current["filters"], rows=rows[page * 5 - 5 : page * 5], chosen=chosen, page=page, pages=pages))

    def _panel(self, c: Contract, dark: bool) -> Markup:
        return Markup(render_template_string(PANEL, c=c, lines=lines(c), dark=dark))
