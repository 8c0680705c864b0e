"""(a) A desktop made with ExtJS 3, inside a frame of an ASP.NET page: tree, tabs, grid, window, message box."""

from __future__ import annotations

from typing import Any

from flask import Flask, redirect, request

from tests.strangers.stage import Stranger, arrive, at, sign_in, to_katip

HEAD = '<!doctype html><html lang="tr"><meta charset="utf-8"><title>%s</title>'

SITE = (
    HEAD % "Deneme OSGB"
    + """<body style="margin:0;font:14px Arial"><div style="background:#0a3d62;color:#fff;padding:8px 20px">
<span style="font-size:22px">DENEME OSGB</span><ul style="float:right;list-style:none;margin:4px">
<li style="display:inline"><a href="#" style="color:#fff">İletişim</a></li>
<li style="display:inline"><a href="%s/" target="_blank" style="color:#ff0"><img alt="" width=1 height=1>İSG Katip</a></li></ul></div>
<div style="padding:30px"><h1>Ortak Sağlık ve Güvenlik Birimi</h1><p>İSG Katip sözleşmelerinizin onayı için bize ulaşın.</p></div>"""
)

ENTRY = (
    HEAD % "İSG-KATİP"
    + """<body bgcolor="#e8eef7"><form action="/git"><table align="center" style="margin-top:90px"><tr><td>
<h2>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı</h2><tr><td align="center">
<input type="submit" value="İSG-KÂTİP Giriş" style="font-size:18px;padding:8px"></table></form>"""
)

SIGN_IN = (
    HEAD % "e-Devlet Kapısı Kimlik Doğrulama Sistemi"
    + """<body style="font:15px Arial"><h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1>
<p>Giriş Yapılacak Adres: isgkatip</p><ul><li>e-Devlet Şifresi</li><li>Mobil İmza</li><li>Elektronik İmza</li></ul>%s
<form method="post" action="/Giris/gir" autocomplete="off"><div><label for="tridField">* T.C. Kimlik No</label><br><input id="tridField" name="trid" maxlength="11"></div>
<div><label for="egpField">* e-Devlet Şifresi</label><br><input id="egpField" name="egp" type="password"></div>%s
<button type="button" name="iptal">İptal Et</button> <button type="submit">Sisteme Giriş Yap</button></form>"""
)

MAIN_MENU = (
    HEAD % "İSG-KATİP"
    + """<body style="font:13px Tahoma"><table width="900" align="center" cellspacing="20"><tr>
<td width="50%%" valign="top"><button type="button" onclick="location='/isyeri.aspx'">Kayıtlı Kullanıcı Girişi</button><ul><li>İSG Profesyonelleri<li>Hizmet Alan İşyerleri</ul>
<td valign="top"><button type="button">Sorgulama &amp; Başvuru</button><ul><li>Belge sorgulama</ul><tr>
<td valign="top"><button type="button">Vazgeç &amp; Çıkış Yap</button><ul><li>Kayıtlı Kullanıcı Girişi yapmadan çıkılır</ul>
<td valign="top"><button type="button">İSG-KATİP Kullanıcı Kılavuzu</button></table>"""
)

WORKPLACES = (
    HEAD % "İSG-KATİP"
    + """<body style="font:13px Tahoma"><form method="post" action="/isyeri.aspx">%s<p>
<input type="submit" value="Kayıtlı Kullanıcı Girişi"> <input type="button" value="Vazgeç &amp; Çıkış Yap"></p>
<p>Eğer sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki listede gözükmüyor ise aşağıdaki <b>E-Bildirge Kullanıcısı Güncelle</b> butonuna basınız.</p>
<input type="button" value="E-Bildirge Kullanıcısı Güncelle"> <input type="button" value="İSG-KATİP Kullanıcı Kılavuzu"></form>"""
)

DESKTOP = (
    HEAD % "İş Sağlığı ve Güvenliği Kayıt, Takip"
    + """<body style="margin:0"><iframe src="/masaustu.aspx" name="f%s" style="position:absolute;width:100%%;height:100%%;border:0"></iframe>"""
)

EXT = (
    HEAD % "masaüstü"
    + """<link rel="stylesheet" href="/toolkits/extjs3/resources/css/ext-all.css">
<script src="/toolkits/extjs3/adapter/ext/ext-base.js"></script><script src="/toolkits/extjs3/resources/js/ext-all.js"></script>
<body><script>
Ext.BLANK_IMAGE_URL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
Ext.PagingToolbar.prototype.beforePageText = "Sayfa"; Ext.PagingToolbar.prototype.afterPageText = "Toplam {0}";
Ext.PagingToolbar.prototype.nextText = "Sonraki Sayfa"; Ext.PagingToolbar.prototype.prevText = "Önceki Sayfa";
Ext.PagingToolbar.prototype.firstText = "İlk Sayfa"; Ext.PagingToolbar.prototype.lastText = "Son Sayfa"; Ext.PagingToolbar.prototype.refreshText = "Tazele";
var FAULTS = %s, START;
Ext.Ajax.timeout = 60000;
function ended() { Ext.getBody().update("<div style='padding:60px;font:16px Tahoma'>Bağlantınız zaman aşımına uğradı. Güvenliğiniz için kimliğinizi tekrar doğrulatınız.</div>"); }
function ask(url, data, then, fail) {
  Ext.Ajax.request({ url: url, method: data ? "POST" : "GET", jsonData: data || undefined,
    success: function (r) { then(r); },
    failure: function (r) { if (r.status == 401) ended(); else if (fail) fail(r); } });
}
Ext.onReady(function () {
  Ext.QuickTips.init();
  ask("/api/start", null, function (r) { START = Ext.decode(r.responseText); build(); });
});
function out() { ask("/api/out", {}, function () { top.location = "/cikis.aspx"; }); }
function build() {
  function leaf(t) { return { text: t, leaf: true }; }
  var tabs = new Ext.TabPanel({ region: "center", activeTab: 0, items: [{ title: "Ana Sayfa", autoScroll: true, bodyStyle: "padding:20px", html:
    "<h2>HOŞGELDİNİZ</h2><p>Hoşgeldiniz Sayın DENEME KULLANICI</p><p>Personel Kategorisi: <b>Hizmet Alan İşyeri E-Bildirge Kullanıcısı</b>, Kullanıcı Grubu: <b>Hizmet Alan İşyeri Kullanıcısı</b>.</p>" +
    "<p>Sisteme 22.11.2026 10:14:03 tarihinde, 11111111110 ve 127.0.0.1 ile Girişiniz Kayıt Altına Alındı. Sistemde Yaptığınız Tüm İşlemler Kayıt Altında Tutulmaktadır.</p>" +
    "<h3>SİZE ÖZEL</h3><p>Size özel mesaj bulunmamaktadır.</p><h3>ONAY BEKLEYEN SÖZLEŞMELER</h3><p>" + START.pending + " adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>" }] });
  var tree = new Ext.tree.TreePanel({ region: "west", width: 240, rootVisible: false, autoScroll: true, title: "Menü", split: true, root: { expanded: true, children: [
    leaf("Ana Sayfa"), leaf("Güvenli Çıkış"), leaf("Anket"), leaf("İsg Profesyonelleri"),
    { text: "Hizmet Alan İşyerleri Modülü", expanded: false, children: ["Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Sorumlu Müdür İşlemleri", "Yetki Belgesi Başvuruları", "Dosyalar", "Gezici İSG Araç Sözleşme", "Kurum Özel Statü İİ"].map(leaf) },
    leaf("Kurum Değiştir"), leaf("Güvenli Çıkış")] },
    listeners: { click: function (n) {
      if (n.text == "Güvenli Çıkış") out();
      else if (n.text == "Kurum Değiştir") top.location = "/isyeri.aspx";
      else if (n.text == "Ana Sayfa") tabs.setActiveTab(0);
      else if (n.leaf) open(n.text);
    } } });
  function open(t) {
    var there = tabs.find("title", t)[0];
    if (there) { tabs.setActiveTab(there); return; }
    tabs.setActiveTab(tabs.add(t == "Sözleşmeler" ? grid() : { title: t, closable: true, html: "Kayıt bulunamadı." }));
  }
  new Ext.Viewport({ layout: "border", items: [{ region: "north", height: 60, border: false, html: "<div style='padding:8px;font:bold 13px Tahoma'>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı İSG-KATİP v9.19.01.10</div>", bbar: [{ text: "Kurum Bilgileri" }, "-", { text: "Kullanıcı Bilgileri" }, "-", { text: "Kullanıcı Kılavuzu" }, "-", { text: "Kurum Kep Adresi" }] }, tree, tabs] });
}
function grid() {
  var store = new Ext.data.JsonStore({ url: "/api/contracts", restful: true, root: "rows", totalProperty: "total", idProperty: "key",
    fields: ["key", "name", "duty", "category", "work", "start", "state", "end", "status"],
    listeners: { exception: function (p, t, a, o, r) { if (r && r.status == 401) ended(); } } });
  function touch(b) { ask("/api/touch", { button: b.text }, function () {}); }
  var approve = new Ext.Button({ text: "Onayla", disabled: true, handler: function () { form(g.getSelectionModel().getSelected(), store); } });
  var g = new Ext.grid.GridPanel({ title: "Sözleşmeler", closable: true, store: store, loadMask: { msg: "Yükleniyor..." },
    sm: new Ext.grid.RowSelectionModel({ singleSelect: true, listeners: { selectionchange: function (s) {
      var r = s.getSelected(); approve.setDisabled(!r || r.get("status").indexOf("Onay Bekl") != 0); } } }),
    columns: [{ header: "Adı Soyadı", dataIndex: "name", width: 170 }, { header: "Grv. Türü", dataIndex: "duty" }, { header: "Personel Kategorisi Adı", dataIndex: "category", width: 190 },
      { header: "Çalışma Şekli", dataIndex: "work" }, { header: "Grv. Başlama Trh.", dataIndex: "start" }, { header: "Çalışma Durumu", dataIndex: "state" }, { header: "Grv. Ayrılış Trh.", dataIndex: "end" },
      { header: "Grv. Onay Durumu", dataIndex: "status", width: 120, renderer: FAULTS.icons ? function (v) { return "<img width=14 height=14 src='" + Ext.BLANK_IMAGE_URL + "' style='background:teal' title='" + v + "'>"; } : undefined }],
    tbar: [{ text: "Yeni", handler: touch }, { text: "İşe Grv.", handler: touch }, approve, { text: "Sözleşme İptal", handler: touch }, { text: "Sil", handler: touch }, { text: "Detay Yazdır", handler: touch },
      { text: "Sözleşme Yazdır" }, { text: "Export" }, { text: "Tazele", handler: function () { store.reload(); } }, { text: "Sözleşmeleri Diğer İşyerlerim" }],
    bbar: new Ext.PagingToolbar({ pageSize: 5, store: store, displayInfo: true, displayMsg: "Kayıtlar {0} - {1}", emptyMsg: "Kayıt yok" }) });
  store.load({ params: { start: 0, limit: 5 } });
  return g;
}
function form(record, store) {
  ask("/api/form?key=" + record.get("key"), null, function (r) {
    var c = Ext.decode(r.responseText);
    function f(l, v, more) { return Ext.apply({ xtype: "textfield", fieldLabel: l, value: v, readOnly: true, anchor: "95%%" }, more); }
    function show(c) { var w = new Ext.Window({ title: "SÖZLEŞME ONAY", width: 560, height: 330, modal: !FAULTS.double_form, layout: "fit", constrain: true,
      tbar: [{ text: "Kayıt", handler: save }, "-", { text: "İptal", handler: function () { w.close(); } }],
      items: [{ xtype: "form", labelWidth: 230, padding: 10, border: false, items: [f("Adı Soyadı", c.name), f("Görevlendirme ID", c.gorevlendirme_id), f("Ayl. Çlş. Süresi (Dk)", c.minutes),
        f("Ayl. Fzl. Mesai Süresi (Dk)", c.overtime), f("Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest), f("Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime), { xtype: "textarea", fieldLabel: "Açıklama", anchor: "95%%" }] }] });
    function send() {
      Ext.Msg.wait("Kaydediliyor...", "Lütfen bekleyiniz");
      ask("/api/save", { key: c.key }, function (r) {
        Ext.Msg.hide();
        var m; try { m = Ext.decode(r.responseText).message; } catch (e) { w.close(); Ext.getBody().update(r.responseText); return; }
        if (FAULTS.no_ok) { w.close(); store.reload(); return; }
        Ext.Msg.alert("Bilgi", m, function () { w.close(); store.reload(); });
      }, function () { Ext.Msg.hide(); });
    }
    function save() { if (FAULTS.sure) Ext.Msg.confirm("Soru", "Emin misiniz?", function (b) { if (b == "yes") send(); }); else send(); }
    w.show(); return w; }
    show(c); if (FAULTS.double_form) show(c).setPosition(40, 40);
  });
}
</script>"""
)


class Ext3(Stranger):
    """ExtJS 3 in a frame."""

    def site(self, app: Flask) -> None:
        at(app, "/", lambda: SITE % self.play.origin("katip"))

    def edevlet(self, app: Flask) -> None:
        play = self.play
        extra = ""
        if "captcha" in play.faults:
            extra = '<div><label for="g">Resimde gördüğünüz karakterler</label><br><img alt="" width=120 height=40 style="background:#999"><br><input id="g" name="guvenlik"></div>'

        def page(said: str = "") -> str:
            return SIGN_IN % (said, extra)

        at(app, "/Giris/gir", page)

        @app.post("/Giris/gir")
        def enter() -> Any:
            if not sign_in(play, request.form["trid"], request.form["egp"]):
                return page('<div class="err">Girdiğiniz bilgilerle eşleşen bir kullanıcı bulunamadı.</div>')
            if "sms" in play.faults:
                return (HEAD % "e-Devlet") + (
                    "<h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>Telefonunuza gönderilen 6 haneli kodu yazınız.</p>"
                    '<form method="post" action="/kod"><label>Kod <input name="kod"></label><button>Devam Et</button></form>'
                )
            return to_katip(play)

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: ENTRY)
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir?oauthClientId=x"))
        at(app, "/giris", lambda: arrive("/menu.aspx"))
        at(app, "/menu.aspx", lambda: MAIN_MENU % ())

        @app.get("/isyeri.aspx")
        def offered() -> str:
            rows = "".join(
                f'<div><input type="radio" name="i" value="{w.sgk}" id="r{n}"> <label for="r{n}">{w.spoken}</label></div>'
                for n, w in enumerate(play.workplaces)
            )
            return WORKPLACES % rows

        @app.post("/isyeri.aspx")
        def chosen() -> Any:
            play.choose(request.form["i"])
            return redirect("/Default.aspx?state=3b6154bcfad2f170c552436be843287d")

        at(app, "/Default.aspx", lambda: DESKTOP % play.saves)
        faults = "{" + ",".join(f"{f}:1" for f in play.faults) + "}"
        at(app, "/masaustu.aspx", lambda: EXT % faults if play.session() else redirect("/"))
        at(app, "/cikis.aspx", lambda: (HEAD % "İSG-KATİP") + "<h2>Oturumunuz kapatılmıştır. İyi günler dileriz.</h2>")
