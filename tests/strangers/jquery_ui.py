"""(d) jQuery UI and DataTables: Turkish language file, numbered pages, labels in capitals by CSS, the form in a dialog."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, redirect, request

from tests.strangers.stage import Stranger, arrive, at, sign_in, to_katip

KIT = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>İSG-KATİP</title><link rel="stylesheet" href="/toolkits/jquery-ui/themes/smoothness/jquery-ui.css"><link rel="stylesheet" href="/toolkits/datatables/css/jquery.dataTables.css">
<script src="/toolkits/jquery/jquery.js"></script><script src="/toolkits/jquery-ui/jquery-ui.js"></script><script src="/toolkits/datatables/js/jquery.dataTables.js"></script>
<style>body{font:13px Arial;margin:0}button,.ui-button,th,#menu a,h3,.ui-dialog-title{text-transform:uppercase}#menu{float:left;width:250px;background:#f2f2f2}#main{margin-left:260px;padding:8px}#menu ul{list-style:none;padding-left:14px}tr.on td{background:#bcd !important}.alt{margin-left:12px}</style>
<script>const FAULTS = FAULTLIST;
function ended() { $("body").html("<p style='padding:40px'>Giriş yapmanızın üzerinden çok zaman geçti, kapıya geri dönünüz.</p>"); }
$.ajaxSetup({ timeout: 60000, error: x => { if (x.status === 401) ended(); } });
function post(u, d) { return $.ajax({ url: u, method: "POST", contentType: "application/json", data: JSON.stringify(d || {}) }); }
</script></head><body>"""

CHOICE = """<div style="padding:30px"><form method="post"><fieldset><legend>Kurumlar</legend>ROWS</fieldset><button name="git">Kayıtlı Kullanıcı Girişi</button> <button type="button">Vazgeç &amp; Çıkış Yap</button>
<p>Yukarıdaki listede yoksa:</p><button type="button">E-Bildirge Kullanıcısı Güncelle</button> <button type="button">İSG-KATİP Kullanıcı Kılavuzu</button></form></div><script>$("button").button()</script>"""

HOME = """<div id="menu"><ul><li><a href="#" data-go="home">Ana Sayfa</a><li><a href="#" data-go="out">Güvenli Çıkış</a><li><a href="#">Anket</a><li><a href="#">İsg Profesyonelleri</a>
<li><h3 id="m" style="cursor:pointer;font-size:13px">Hizmet Alan İşyerleri Modülü</h3><ul id="sub" style="display:none"><li><a href="#" data-go="grid">Sözleşmeler</a><li><a href="#">Silinen Sözleşmeler</a><li><a href="#">Yardımcı C Sözleşmeler</a><li><a href="#">Stajyerler</a></ul>
<li><a href="/isyeri">Kurum Değiştir</a><li><a href="#" data-go="out">Güvenli Çıkış</a></ul></div><div id="main"></div>
<script>
$("#m").on("click", () => $("#sub").slideToggle(300));
$("#menu").on("click", "a[data-go]", e => { e.preventDefault(); ({ home, grid, out })[$(e.target).data("go")](); });
function out() { $("<div title='Uyarı'>Oturumunuz kapatılacaktır, devam edilsin mi?</div>").dialog({ modal: true, buttons: { "Evet": function () { post("/api/out").then(() => location = "/cikti"); }, "Hayır": function () { $(this).dialog("destroy").remove(); } } }); }
function home() { $.getJSON("/api/start").then(s => $("#main").html("<h2>HOŞGELDİNİZ</h2><p>Sisteme 22/11/2026 08:15 tarihinde, 111******10 ve 10.1.2.3 ile girişiniz kayıt altına alındı.</p><h4>ONAY BEKLEYEN SÖZLEŞMELER</h4><p><b>" + s.pending + "</b> adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>")); }
let table, chosen = null;
function touch(t) { post("/api/touch", { button: t }); }
function grid() {
  chosen = null;
  $("#main").html("<div id='bar'></div><table id='t' class='display' style='width:100%'><thead><tr><th>Adı Soyadı</th><th>Grv. Türü</th><th>Personel Kategorisi</th><th>Çalışma Şekli</th><th>Grv. Başlama Tarih</th><th>Çalışma Durumu</th><th>Grv. Ayrılış Trh.</th><th>Görev Onay Durumu</th></tr></thead></table>");
  for (const t of ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export", "Tazele"]) $("<button>").text(t).button({ disabled: t === "Onayla" }).on("click", () => t === "Onayla" ? form(chosen) : t === "Tazele" ? grid() : touch(t)).appendTo("#bar");
  $("#bar button").eq(2).attr("id", "o" + Math.floor(Math.random() * 1e6)).addClass("js-a");
  table = $("#t").DataTable({ serverSide: true, processing: true, searching: true, ordering: false, lengthChange: true, pageLength: 5, lengthMenu: [5, 10], pagingType: "simple_numbers",
    ajax: (d, done) => $.getJSON("/api/contracts", { start: d.start, limit: d.length }).then(r => done({ draw: d.draw, recordsTotal: r.total, recordsFiltered: r.total, data: r.rows })),
    columns: ["name", "duty", "category", "work", "start", "state", "end", "status"].map(c => ({ data: c })),
    language: { processing: "İşleniyor...", emptyTable: "Tabloda herhangi bir veri mevcut değil", info: "_TOTAL_ kayıttan _START_ - _END_ arasındaki kayıtlar gösteriliyor", infoEmpty: "Kayıt yok", lengthMenu: "Sayfada _MENU_ kayıt göster", search: "Ara:", paginate: { first: "İlk", last: "Son", next: "Sonraki", previous: "Önceki" } } });
  $("#t tbody").on("click", "tr", function () { chosen = table.row(this).data(); $("#t tr").removeClass("on"); $(this).addClass("on"); $(".js-a").button("option", "disabled", !chosen || chosen.status.indexOf("Onay Bekl") !== 0); });
  table.on("draw", () => { chosen = null; $(".js-a").button("option", "disabled", true); });
}
function form(row) { $.getJSON("/api/form", { key: row.key }).then(c => { sheet(c); if (FAULTS.double_form) sheet(c); }); }
function sheet(c) {
  const line = (l, v) => "<tr><th align='left' style='text-transform:none'>" + l + "</th><td>: " + v + "</td></tr>";
  const d = $("<div title='Sözleşme Onay'><div class='bar'></div><table>" + line("Adı Soyadı", c.name) + line("Görevlendirme ID", c.gorevlendirme_id) + line("Ayl. Çlş. Süresi (Dk)", c.minutes) + line("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime) + line("Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest) + line("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime) + "</table><label>Açıklama <textarea></textarea></label></div>").dialog({ modal: !FAULTS.double_form, width: 560 });
  const send = () => post("/api/save", { key: c.key }).then(r => { if (typeof r === "string") { $("body").html(r); return; } if (FAULTS.no_ok) return; $("<div title='Bilgi'>" + r.message + "</div>").dialog({ modal: true, buttons: { OK: function () { $(this).dialog("destroy").remove(); d.dialog("destroy").remove(); table.ajax.reload(null, false); } } }); });
  $("<button>Kayıt</button>").button().on("click", () => { if (FAULTS.sure) $("<div title='Soru'>Emin misiniz?</div>").dialog({ modal: true, buttons: { Evet: function () { $(this).dialog("close"); send(); }, "Hayır": function () { $(this).dialog("close"); } } }); else send(); }).appendTo(d.find(".bar"));
}
home();
</script>"""


class JqueryUi(Stranger):
    """jQuery UI and DataTables."""

    def _dressed(self, html: str) -> str:
        return KIT.replace("FAULTLIST", json.dumps(dict.fromkeys(self.play.faults, 1))) + html

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f'<!doctype html><meta charset="utf-8"><style>.top{{text-transform:uppercase}}</style><p class="top" align="right"><a target="_blank" rel="noopener" href="{katip}/">isg-katip</a></p><h1>OSGB</h1>')

    def edevlet(self, app: Flask) -> None:
        play = self.play
        second = "sms" in play.faults

        def page(said: str = "") -> str:
            more = '<p><label>Resimdeki metin <input name="r"></label>' if "captcha" in play.faults else ""
            return f"""<!doctype html><meta charset="utf-8"><title>e-Devlet Kapısı</title><style>button{{text-transform:uppercase}}</style><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>{said}</p><form method="post"><input name="k" placeholder="T.C. Kimlik No"> <input name="s" type="password" placeholder="e-Devlet Şifresi">{more} <button type="button">İptal Et</button> <button>Sisteme Giriş Yap</button></form>"""

        at(app, "/Giris/gir", page)

        @app.post("/Giris/gir")
        def enter() -> Any:
            if not sign_in(play, request.form["k"], request.form["s"]):
                return page("Bilgilerinizi gözden geçiriniz.")
            if second:
                return '<!doctype html><meta charset="utf-8"><h1>Kimlik Doğrulama</h1><p>Telefonunuza gelen rakamları giriniz</p><form><input><button>Devam</button></form>'
            return to_katip(play)

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: self._dressed('<div style="padding:60px"><button onclick="location=\'/git\'">İSG-KATİP Giriş</button></div><script>$("button").button()</script>'))
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/menu"))
        at(
            app,
            "/menu",
            lambda: self._dressed(
                '<div style="padding:40px"><button onclick="location=\'/isyeri\'">Kayıtlı Kullanıcı Girişi</button><button>Sorgulama &amp; Başvuru</button><button>Vazgeç &amp; Çıkış Yap</button><button>İSG-KATİP Kullanıcı Kılavuzu</button></div><script>$("button").button()</script>'
            ),
        )

        @app.get("/isyeri")
        def offered() -> str:
            rows = "".join(f'<div><label><input type="radio" name="i" value="{w.sgk}"> {w.spoken}</label></div>' for w in play.workplaces)
            return self._dressed(CHOICE.replace("ROWS", rows))

        @app.post("/isyeri")
        def chosen() -> Any:
            play.choose(request.form["i"])
            return redirect("/Default.aspx?state=3b6154bcfad2f170c552436be843287d")

        at(app, "/Default.aspx", lambda: self._dressed(HOME) if play.session() else redirect("/"))
        at(app, "/cikti", lambda: self._dressed("<p>Görüşmek üzere.</p>"))
