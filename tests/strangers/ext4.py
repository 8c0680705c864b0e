"""(b) ExtJS 4: thirty nearly alike workplaces in a closed combo box, a grid with check boxes and locked columns that opens on its second page."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, redirect, request

from tests.strangers.stage import Stranger, Workplace, arrive, at, sign_in, to_katip

KIT = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>İSG-KATİP</title>
<link rel="stylesheet" href="/toolkits/extjs4/resources/css/ext-all.css">
<script src="/toolkits/extjs4/ext-all.js"></script><script>var FAULTS = FAULTLIST, WORKPLACES = WORKPLACELIST;</script></head><body><script>
function ask(url, data, then) { Ext.Ajax.request({ url: url, method: data ? "POST" : "GET", jsonData: data || undefined, timeout: 60000,
  success: function (r) { var d; try { d = Ext.decode(r.responseText); } catch (e) { Ext.getBody().update(r.responseText); return; } then(d); },
  failure: function (r) { if (r.status == 401) ended(); } }); }
function ended() { Ext.Msg.show({ title: "Uyarı", msg: "Kullanıcı bileti bulunamadığı için işleme devam edilemiyor.", buttons: Ext.Msg.OK, fn: function () { location = "/"; } }); }
"""

MENU = (
    KIT
    + """Ext.onReady(function () { function b(t, h) { return { xtype: "button", scale: "large", width: 320, margin: 12, text: t, handler: h }; }
Ext.create("Ext.panel.Panel", { renderTo: Ext.getBody(), title: "İSG-KATİP Ana Menü", width: 720, margin: "40 auto", layout: { type: "table", columns: 2 }, items: [
b("Kayıtlı Kullanıcı Girişi", function () { location = "/isyeri"; }), b("Sorgulama &amp; Başvuru"), b("Vazgeç &amp; Çıkış Yap", function () { location = "/"; }), b("İSG-KATİP Kullanıcı Kılavuzu")] }); });</script>"""
)

CHOICE = (
    KIT
    + """Ext.onReady(function () { var c = Ext.create("Ext.form.field.ComboBox", { fieldLabel: "İşyeri", labelAlign: "top", width: 640, editable: false, queryMode: "local", displayField: "t", valueField: "v", emptyText: "Seçiniz", store: Ext.create("Ext.data.Store", { fields: ["v", "t"], data: WORKPLACES }) });
Ext.create("Ext.panel.Panel", { renderTo: Ext.getBody(), title: "Kurum Seçimi", width: 720, margin: "40 auto", bodyPadding: 20, items: [c, { xtype: "component", html: "Eğer sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki listede gözükmüyor ise <b>E-Bildirge Kullanıcısı Güncelle</b> butonuna basınız.", margin: "10 0" }],
buttons: [{ text: "Kayıtlı Kullanıcı Girişi", handler: function () { if (!c.getValue()) { Ext.Msg.alert("Uyarı", "İşyeri seçiniz."); return; } ask("/api/workplace", { sgk: c.getValue() }, function () { location = "/Default.aspx?state=3b6154bcfad2f170c552436be843287d"; }); } }, { text: "Vazgeç &amp; Çıkış Yap" }, { text: "E-Bildirge Kullanıcısı Güncelle" }, { text: "İSG-KATİP Kullanıcı Kılavuzu" }] }); });</script>"""
)

HOME = (
    KIT
    + """Ext.onReady(function () { ask("/api/start", null, build); });
function build(start) {
  function leaf(t) { return { text: t, leaf: true }; }
  var tabs = Ext.create("Ext.tab.Panel", { region: "center", items: [{ title: "Ana Sayfa", bodyPadding: 20, html: "<h2>HOŞGELDİNİZ</h2><p>Personel Kategorisi: Hizmet Alan İşyeri E-Bildirge Kullanıcısı</p><p>Sisteme 22.11.2026 09:00 tarihinde, 11111111110 ve 10.0.0.7 ile girişiniz kayıt altına alındı.</p><h3>ONAY BEKLEYEN SÖZLEŞMELER</h3><p>" + start.pending + " adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>" }] });
  var tree = Ext.create("Ext.tree.Panel", { region: "west", width: 250, title: "Menü", collapsible: true, rootVisible: false, root: { expanded: true, children: [leaf("Ana Sayfa"), leaf("Güvenli Çıkış"), leaf("Anket"), leaf("İsg Profesyonelleri"),
    { text: "Hizmet Alan İşyerleri Modülü", expanded: true, children: ["Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Dosyalar"].map(leaf) }, leaf("Kurum Değiştir"), leaf("Güvenli Çıkış")] },
    listeners: { itemclick: function (v, r) { var t = r.get("text");
      if (t == "Güvenli Çıkış") Ext.Msg.confirm("Çıkış", "Çıkmak istediğinize emin misiniz?", function (b) { if (b == "yes") ask("/api/out", {}, function () { location = "/"; }); });
      else if (t == "Kurum Değiştir") location = "/isyeri"; else if (t == "Ana Sayfa") tabs.setActiveTab(0);
      else if (r.isLeaf()) { var p = tabs.down("[title=" + t + "]"); tabs.setActiveTab(p || tabs.add(t == "Sözleşmeler" ? grid() : { title: t, closable: true, html: "Kayıt bulunamadı." })); } } } });
  Ext.create("Ext.container.Viewport", { layout: "border", items: [{ region: "north", xtype: "toolbar", items: [{ text: "Kurum Bilgileri" }, { text: "Kullanıcı Bilgileri" }, { text: "Kullanıcı Kılavuzu" }, { text: "Kurum Kep Adresi" }] }, tree, tabs] });
}
function grid() {
  var store = Ext.create("Ext.data.Store", { pageSize: 5, fields: ["key", "name", "duty", "category", "work", "start", "state", "end", "status"], proxy: { type: "ajax", url: "/api/contracts", timeout: 60000, reader: { type: "json", root: "rows", totalProperty: "total" }, listeners: { exception: function (p, r) { if (r.status == 401) ended(); } } } });
  function touch(b) { ask("/api/touch", { button: b.text }, function () {}); }
  var approve = Ext.create("Ext.button.Button", { text: "Onayla", disabled: true, handler: function () { form(g.getSelectionModel().getSelection()[0], store); } });
  var g = Ext.create("Ext.grid.Panel", { title: "Sözleşmeler", closable: true, store: store, selModel: Ext.create("Ext.selection.CheckboxModel", { checkOnly: true, mode: "SINGLE", allowDeselect: true, listeners: { selectionchange: function (m, s) { approve.setDisabled(s.length != 1 || s[0].get("status") != "Onay Bekliyor"); } } }),
    columns: [{ text: "Adı Soyadı", dataIndex: "name", width: 190, locked: true }, { text: "Grv. Türü", dataIndex: "duty", width: 90 }, { text: "Personel Kategorisi Adı", dataIndex: "category", width: 230 }, { text: "Çalışma Şekli", dataIndex: "work", width: 130 }, { text: "Grv. Başlama Trh.", dataIndex: "start", width: 140 }, { text: "Çalışma Durumu", dataIndex: "state", width: 150 }, { text: "Grv. Ayrılış Trh.", dataIndex: "end", width: 150 }, { text: "Grv. Onay Durumu", dataIndex: "status", width: 160 }],
    tbar: [{ text: "Yeni", handler: touch }, { text: "İşe Grv.", handler: touch }, approve, { text: "Sözleşme İptal", handler: touch }, { text: "Sil", handler: touch }, { text: "Detay Yazdır" }, { text: "Sözleşme Yazdır" }, { text: "Export" }, { text: "Tazele", handler: function () { store.load(); } }],
    bbar: { xtype: "pagingtoolbar", store: store, displayInfo: true, beforePageText: "Sayfa", afterPageText: "Toplam {0}", displayMsg: "Kayıtlar {0} - {1}, Toplam {2}", nextText: "Sonraki Sayfa", prevText: "Önceki Sayfa", firstText: "İlk Sayfa", lastText: "Son Sayfa", refreshText: "Tazele" } });
  store.loadPage(2);
  return g;
}
function form(record, store) { ask("/api/form?key=" + record.get("key"), null, function (c) {
  function f(l, v) { return { xtype: "displayfield", fieldLabel: l, value: v, labelWidth: 240 }; }
  function sheet() { var w = Ext.create("Ext.window.Window", { title: "SÖZLEŞME ONAY", width: 560, modal: !FAULTS.double_form, constrain: true, tbar: [{ text: "Kayıt", handler: save }, { text: "Kapat", handler: function () { w.close(); } }], items: [{ xtype: "form", border: 0, bodyPadding: 10, items: [f("Adı Soyadı", c.name), f("Görevlendirme ID", c.gorevlendirme_id), f("Ayl. Çlş. Süresi (Dk)", c.minutes), f("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime), f("Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest), f("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime), { xtype: "textareafield", fieldLabel: "Açıklama", labelWidth: 240, width: 500 }] }] });
    function send() { w.setLoading("Kaydediliyor..."); ask("/api/save", { key: c.key }, function (d) { w.setLoading(false); if (FAULTS.no_ok) { w.close(); store.load(); return; } Ext.Msg.alert("Bilgi", d.message, function () { w.close(); store.load(); }); }); }
    function save() { if (FAULTS.sure) Ext.Msg.confirm("Soru", "Emin misiniz?", function (b) { if (b == "yes") send(); }); else send(); }
    w.show(); return w; }
  sheet(); if (FAULTS.double_form) sheet().setPosition(20, 20); }); }
</script>"""
)


def _setting() -> dict[str, Any]:
    """Thirty titles that differ in a few letters; the right one stands far down in the list."""
    endings = ("LİMİT...", "LTD.Ş...", "LTD ŞTİ...", "A.Ş...", "AŞ...", "LİMİTED...")
    numbers = [f"2 9999 01 01 99{n:05d} 099 {n % 9 + 10} {n + 20} 000" for n in range(30)]
    places = [Workplace(number, f"DENEME ÖRNEK SANAYİ VE TİCARET {endings[n % 6]}") for n, number in enumerate(numbers)]
    places.insert(0, places.pop(23))
    return {"workplaces": places}


class Ext4(Stranger):
    """ExtJS 4."""

    setting = staticmethod(_setting)

    def _dressed(self, html: str) -> str:
        offered = [{"v": w.sgk, "t": w.spoken} for w in sorted(self.play.workplaces, key=lambda w: w.sgk)]
        faults = json.dumps(dict.fromkeys(self.play.faults, 1))
        return html.replace("WORKPLACELIST", json.dumps(offered)).replace("FAULTLIST", faults)

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: f'<!doctype html><meta charset="utf-8"><div align="right"><form action="{katip}/" target="_blank"><button>ISG-KATIP</button></form></div><h1>OSGB</h1>')

    def edevlet(self, app: Flask) -> None:
        play = self.play

        def page(said: str = "") -> str:
            return f"""<!doctype html><meta charset="utf-8"><title>e-Devlet</title><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><b>{said}</b><form method="post">
<p>T.C. Kimlik No<p><input name="k"><p>e-Devlet Şifresi<p><input name="s" type="password"><p><a href="#">Şifremi Unuttum</a><p><button type="button">İptal Et</button><button>Sisteme Giriş Yap</button></form>"""

        at(app, "/Giris/gir", page)

        @app.post("/Giris/gir")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return to_katip(play)
            return page("Giriş bilgileri hatalı.")

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: '<!doctype html><meta charset="utf-8"><h1>İSG-KATİP</h1><a href="/git">İSG-KATİP Giriş</a>')
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/menu"))
        at(app, "/menu", lambda: self._dressed(MENU))
        at(app, "/isyeri", lambda: self._dressed(CHOICE))
        at(app, "/Default.aspx", lambda: self._dressed(HOME) if play.session() else redirect("/"))
