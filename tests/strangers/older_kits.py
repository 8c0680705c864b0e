"""Dojo, OpenUI5 and jqGrid with zTree, as their makers ship them: rows as tables in two views, drawn bars, a form in a frame of a layer.

Their files come from the npm registry (`tests/strangers/today/npm.py`) and from PyPI.
"""

from __future__ import annotations

from flask import Flask

from tests.strangers.kits import _Kit
from tests.strangers.stage import at
from tests.strangers.webix import many


class Dojo(_Kit):
    """Dojo 1.17 with Dijit and DojoX: a tree, tabs, a grid whose rows are tables in two views, rows fetched when scrolled to."""

    setting = staticmethod(many)
    head = """<link rel="stylesheet" href="/npm/dijit/themes/claro/claro.css"><link rel="stylesheet" href="/npm/dojox/grid/resources/claroGrid.css"><style>html,body{height:100%;margin:0;font:12px Tahoma}</style>
<script>var dojoConfig = { async: true, locale: "tr", packages: [ { name: "dojo", location: "/npm/dojo" }, { name: "dijit", location: "/npm/dijit" }, { name: "dojox", location: "/npm/dojox" } ] };</script><script src="/npm/dojo/dojo.js"></script>"""
    page = """<body class="claro"><div id="root" style="height:100%"></div><script>
require(["dojo/dom-construct", "dijit/layout/BorderContainer", "dijit/layout/ContentPane", "dijit/layout/TabContainer", "dijit/Tree", "dijit/tree/ObjectStoreModel", "dojo/store/Memory", "dijit/Toolbar", "dijit/form/Button", "dijit/ToolbarSeparator", "dijit/Dialog", "dijit/form/TextBox", "dijit/form/SimpleTextarea", "dojox/grid/DataGrid", "dojo/data/ObjectStore", "dojo/store/JsonRest", "dojo/domReady!"],
function (dom, Border, Pane, Tabs, Tree, Model, Memory, Toolbar, Button, Separator, Dialog, TextBox, Area, Grid, ObjectStore) {
  ask("/api/start").then(function (S) {
    var b = new Border({ style: "width:100%;height:100%", gutters: true }, "root");
    b.addChild(new Pane({ region: "top", content: "<b>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı İSG-KATİP v9.19.01.10</b>" }));
    var left = new Pane({ region: "leading", splitter: true, style: "width:250px" }); b.addChild(left);
    var tabs = new Tabs({ region: "center" }); b.addChild(tabs);
    tabs.addChild(new Pane({ title: "Ana Sayfa", content: HELLO(S.pending) }));
    var nodes = [ { id: "r", name: "r" }, ["Ana Sayfa", "r"], ["Güvenli Çıkış", "r"], ["Anket", "r"], ["İsg Profesyonelleri", "r"], ["Hizmet Alan İşyerleri Modülü", "r", "m"], ["Sözleşmeler", "m"], ["Silinen Sözleşmeler", "m"], ["Yardımcı C Sözleşmeler", "m"], ["Stajyerler", "m"], ["Kurum Değiştir", "r"] ].map(function (n, i) { return n.id ? n : { id: n[2] || "n" + i, name: n[0], parent: n[1] }; });
    var store = new Memory({ data: nodes, getChildren: function (o) { return this.query({ parent: o.id }); } });
    var tree = new Tree({ model: new Model({ store: store, query: { id: "r" }, mayHaveChildren: function (o) { return o.id === "r" || o.id === "m"; } }), showRoot: false, openOnClick: true, onClick: function (n) { if (n.name === "Sözleşmeler") grid(); else if (n.name === "Güvenli Çıkış") out(); else if (n.name === "Kurum Değiştir") location = "/isyeri"; else if (n.name === "Ana Sayfa") tabs.selectChild(tabs.getChildren()[0]); } });
    left.addChild(tree); b.startup(); tree.startup();
    var pane, g, approve;
    function grid() {
      if (pane) { tabs.selectChild(pane); return; }
      pane = new Border({ title: "Sözleşmeler", closable: true, gutters: false, onClose: function () { pane = null; return true; } });
      var bar = new Toolbar({ region: "top" });
      ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Export", "Tazele"].forEach(function (t) { var x = new Button({ label: t, iconClass: "dijitEditorIcon dijitEditorIconCopy", showLabel: true, disabled: t === "Onayla", onClick: function () { if (t === "Onayla") form(g.selection.getSelected()[0]); else if (t === "Tazele") load(); else touch(t); } }); if (t === "Onayla") approve = x; bar.addChild(x); if (t === "Sil") bar.addChild(new Separator()); });
      pane.addChild(bar);
      var col = COLS.map(function (c) { return { field: c[0], name: c[1], width: c[2] + "px" }; });
      g = new Grid({ region: "center", store: rest(), structure: [ { noscroll: true, cells: [ col.slice(0, 1) ] }, { cells: [ col.slice(1) ] } ], selectionMode: "single", rowsPerPage: 20, keepRows: 40, loadingMessage: "Yükleniyor...", errorMessage: "Bir hata oluştu" });
      g.on("SelectionChanged", function () { var r = g.selection.getSelected()[0]; approve.set("disabled", !r || r.status.indexOf("Onay Bekl") !== 0); });
      pane.addChild(g); tabs.addChild(pane); tabs.selectChild(pane); g.startup();
    }
    function rest() { var m = new Memory({ idProperty: "key", data: [] }); ask("/api/contracts").then(function (r) { setTimeout(function () { m.setData(r.rows); g.setStore(new ObjectStore({ objectStore: m })); }, 400); }); return new ObjectStore({ objectStore: m }); }
    function load() { g.selection.clear(); approve.set("disabled", true); rest(); }
    function form(row) {
      ask("/api/form?key=" + row.key).then(function (c) {
        var d = new Dialog({ title: "SÖZLEŞME ONAY", style: "width:620px", onHide: function () { setTimeout(function () { d.destroyRecursive(); }, 300); } });
        var bar = new Toolbar({}); var k = new Button({ label: "Kayıt", disabled: true, onClick: function () { k.set("disabled", true); save(c, d); } }); bar.addChild(k); bar.addChild(new Button({ label: "Sözleşme İptal", onClick: function () { touch("Sözleşme İptal (form)"); } })); bar.addChild(new Button({ label: "Vazgeç", onClick: function () { d.hide(); } })); d.containerNode.appendChild(bar.domNode);
        var t = dom.create("table", { width: "100%" }, d.containerNode);
        FORM(c).concat([["Açıklama", null]]).forEach(function (f, i) { var tr = dom.create("tr", {}, t); dom.create("label", { "for": "f" + i + c.key, innerHTML: f[0] + ":" }, dom.create("td", { align: "right" }, tr)); var w = f[1] === null ? new Area({ id: "f" + i + c.key, rows: 2 }) : new TextBox({ id: "f" + i + c.key, value: String(f[1]), readOnly: true, style: "width:300px" }); dom.create("td", {}, tr).appendChild(w.domNode); });
        d.startup(); d.show(); setTimeout(function () { k.set("disabled", false); }, FAULTS.dark ? 5000 : 800);
      });
    }
    function save(c, d) { post("/api/save", { key: c.key }).then(function (r) { if (FAULTS.no_ok) { d.hide(); load(); return; } var m = new Dialog({ title: "Bilgi", content: "<p>" + r.message + "</p>", style: "width:360px", onHide: function () { setTimeout(function () { m.destroyRecursive(); }, 300); } }); var ok = new Button({ label: "OK", onClick: function () { m.hide(); d.hide(); load(); } }); m.containerNode.appendChild(ok.domNode); m.startup(); m.show(); }); }
  });
});
</script>"""


class Ui5(_Kit):
    """OpenUI5 1.50: a table with a fixed column and a scroll bar of its own, a side navigation, busy indicators, a message box."""

    setting = staticmethod(many)
    head = """<script id="sap-ui-bootstrap" src="/npm/openui5-runtime/resources/sap-ui-core.js" data-sap-ui-theme="sap_belize" data-sap-ui-libs="sap.m,sap.tnt,sap.ui.table,sap.ui.layout" data-sap-ui-language="tr" data-sap-ui-compatVersion="edge"></script><style>html,body{height:100%;margin:0}</style>"""
    page = """<body class="sapUiBody sapUiSizeCompact" id="content"><script>
sap.ui.getCore().attachInit(async function () {
  jQuery.sap.require("sap.m.MessageBox"); const S = await ask("/api/start"); const model = new sap.ui.model.json.JSONModel({ rows: [] }); let t, approve;
  const nav = new sap.m.NavContainer(); const item = (text, key, items) => new sap.tnt.NavigationListItem({ text, key, expanded: false, icon: "sap-icon://folder", items });
  const side = new sap.tnt.SideNavigation({ item: new sap.tnt.NavigationList({ items: [ item("Ana Sayfa", "home"), item("Anket", "anket"), item("İsg Profesyonelleri", "ip"), item("Hizmet Alan İşyeri Modülü", "mod", [ item("Sözleşmeler", "grid"), item("Silinen Sözleşmeler", "del"), item("Stajyerler", "staj") ]), item("Kurum Değiştir", "kd"), item("Güvenli Çıkış", "out") ] }), itemSelect: e => { const it = e.getParameter("item"), k = it.getKey(); if (k === "mod") it.setExpanded(!it.getExpanded()); ({ home, grid, kd: () => location = "/isyeri", out: () => sap.m.MessageBox.confirm("Oturumunuz kapatılacaktır, devam edilsin mi?", { title: "Uyarı", actions: ["Evet", "Hayır"], onClose: a => a === "Evet" && out() }) })[k]?.(); } });
  const head = new sap.tnt.ToolHeader({ content: [ new sap.m.Title({ text: "İSG-KATİP v9.19.01.10" }), new sap.m.ToolbarSpacer(), new sap.m.Button({ text: "Kurum Bilgileri", type: "Transparent" }), new sap.m.Button({ text: "Kullanıcı Bilgileri", type: "Transparent" }) ] });
  new sap.tnt.ToolPage({ header: head, sideContent: side, mainContents: [ nav ] }).placeAt("content");
  function show(p) { nav.addPage(p); nav.to(p); }
  const homePage = new sap.m.Page({ title: "Ana Sayfa", content: [ new sap.ui.core.HTML({ content: "<div>" + HELLO(S.pending) + "</div>" }) ] }); nav.addPage(homePage);
  function home() { nav.to(homePage); }
  let page;
  function grid() {
    if (!page) {
      const tools = ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Export", "Tazele"].map(x => { const b = new sap.m.Button({ text: x, enabled: x !== "Onayla", press: () => x === "Onayla" ? form(model.getProperty(t.getContextByIndex(t.getSelectedIndex()).getPath())) : x === "Tazele" ? load() : touch(x) }); if (x === "Onayla") approve = b; return b; });
      t = new sap.ui.table.Table({ selectionMode: "Single", selectionBehavior: "Row", visibleRowCount: 8, fixedColumnCount: 1, extension: [ new sap.m.OverflowToolbar({ content: tools }) ], columns: COLS.map(([p, l, w]) => new sap.ui.table.Column({ label: new sap.m.Label({ text: l }), template: new sap.m.Text({ text: "{" + p + "}", wrapping: false }), width: w + "px", filterProperty: p, sortProperty: p })), rowSelectionChange: () => { const i = t.getSelectedIndex(); approve.setEnabled(i >= 0 && model.getProperty(t.getContextByIndex(i).getPath() + "/status").startsWith("Onay Bekl")); }, noData: "Kayıt bulunamadı" });
      t.setModel(model); t.bindRows("/rows");
      page = new sap.m.Page({ title: "Sözleşmeler", enableScrolling: false, content: [ t ] }); show(page);
    } else nav.to(page);
    load();
  }
  async function load() { t.setBusyIndicatorDelay(0); t.setBusy(true); t.clearSelection(); approve.setEnabled(false); const r = await ask("/api/contracts"); await new Promise(d => setTimeout(d, 600)); model.setData(r); t.setBusy(false); }
  async function form(row) {
    sap.ui.core.BusyIndicator.show(0); const c = await ask("/api/form?key=" + row.key); sap.ui.core.BusyIndicator.hide();
    const k = new sap.m.Button({ text: "Kayıt", type: "Emphasized", enabled: false, press: () => save(c, d) });
    const d = new sap.m.Dialog({ title: "SÖZLEŞME ONAY", contentWidth: "640px", content: [ new sap.ui.layout.form.SimpleForm({ editable: true, layout: "ResponsiveGridLayout", labelSpanL: 6, labelSpanM: 6, content: FORM(c).flatMap(([l, v]) => [ new sap.m.Label({ text: l }), new sap.m.Input({ value: String(v), editable: false }) ]).concat([ new sap.m.Label({ text: "Açıklama" }), new sap.m.TextArea() ]) }) ], buttons: [ k, new sap.m.Button({ text: "Sözleşme İptal", press: () => touch("Sözleşme İptal (form)") }), new sap.m.Button({ text: "Vazgeç", press: () => d.close() }) ], afterClose: () => d.destroy() });
    d.open(); setTimeout(() => k.setEnabled(true), FAULTS.dark ? 5000 : 900);
  }
  async function save(c, d) { sap.ui.core.BusyIndicator.show(0); let r; try { r = await post("/api/save", { key: c.key }); } finally { sap.ui.core.BusyIndicator.hide(); } d.close(); if (FAULTS.no_ok) return load(); sap.m.MessageBox.success(r.message, { title: "Bilgi", actions: [ "OK" ], onClose: load }); }
});
</script>"""


class JqGrid(_Kit):
    """jqGrid with zTree and layer: a menu that opens by its sign alone, check boxes, tools as cells, the form in a frame of a layer."""

    head = """<link rel="stylesheet" href="/toolkits/jquery-ui/themes/smoothness/jquery-ui.css"><link rel="stylesheet" href="/toolkits/jqgrid/css/ui.jqgrid.css"><link rel="stylesheet" href="/npm/ztree/css/zTreeStyle/zTreeStyle.css"><link rel="stylesheet" href="/npm/layui/dist/css/layui.css">
<script src="/toolkits/jquery/jquery.js"></script><script>jQuery.browser = {}; jQuery.curCSS = jQuery.css; jQuery.fn.size = function () { return this.length; };</script><script src="/toolkits/jqgrid/js/i18n/grid.locale-tr.js"></script><script src="/toolkits/jqgrid/js/jquery.jqGrid.min.js"></script><script src="/npm/ztree/js/jquery.ztree.core.js"></script><script src="/npm/layui/dist/layui.js"></script>
<style>body{font:12px Tahoma;margin:0}.ui-jqgrid{font-size:12px}#sol{position:absolute;left:0;top:40px;bottom:0;width:250px;border-right:1px solid #ccc}#orta{position:absolute;left:260px;top:48px;right:8px}#ust{height:40px;background:#345;color:#fff;line-height:40px;padding-left:12px}</style>"""
    page = """<body><div id="ust">İSG-KATİP v9.19.01.10<span id="sure" style="float:right;padding-right:20px"></span></div><div id="sol"><ul id="agac" class="ztree"></ul></div><div id="orta"></div><script>
let left = 1200; setInterval(() => { left--; document.getElementById("sure").textContent = "Oturum süresi: " + Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0"); }, 1000);
$.fn.zTree.init($("#agac"), { view: { dblClickExpand: true }, callback: { onClick: (e, id, n) => ({ h: home, g: grid, k: () => location = "/isyeri", o: () => layer.confirm("Çıkmak istediğinize emin misiniz?", { title: "Uyarı", btn: ["Evet", "Hayır"] }, out) })[n.go]?.() } },
  [ { name: "Ana Sayfa", go: "h" }, { name: "Güvenli Çıkış", go: "o" }, { name: "Anket" }, { name: "Hizmet Alan İşyerleri Modülü", open: false, children: [ { name: "Sözleşmeler", go: "g" }, { name: "Silinen Sözleşmeler" }, { name: "Yardımcı C Sözleşmeler" } ] }, { name: "Kurum Değiştir", go: "k" } ]);
async function home() { const s = await ask("/api/start"); $("#orta").html(HELLO(s.pending)); }
function grid() {
  $("#orta").html("<table id='g'></table><div id='p'></div>");
  $("#g").jqGrid({ url: "/api/contracts", datatype: "json", mtype: "GET", prmNames: { rows: "limit", page: "page" }, serializeGridData: d => ({ start: (d.page - 1) * d.limit, limit: d.limit }), jsonReader: { root: "rows", repeatitems: false, id: "key", total: r => Math.ceil(r.total / 5), records: "total", page: r => $("#g").jqGrid("getGridParam", "page") }, colNames: COLS.map(c => c[1]), colModel: COLS.map(c => ({ name: c[0], index: c[0], width: c[2] })), rowNum: 5, pager: "#p", toppager: true, viewrecords: true, multiselect: true, rownumbers: true, height: "auto", caption: "Sözleşmeler", onSelectRow: light, onSelectAll: light, gridComplete: light, loadError: x => x.status === 401 && (document.body.innerHTML = "<p>Oturumunuz sonlanmıştır.</p>") });
  $("#g").jqGrid("filterToolbar", { searchOnEnter: true });
  $("#g").jqGrid("navGrid", "#g_toppager", { edit: false, add: false, del: false, search: false, refresh: false });
  for (const t of ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Export", "Tazele"]) $("#g").jqGrid("navButtonAdd", "#g_toppager", { caption: t, buttonicon: "ui-icon-document", id: t === "Onayla" ? "ony" : undefined, onClickButton: () => t === "Onayla" ? form() : t === "Tazele" ? $("#g").trigger("reloadGrid") : touch(t) });
  light();
}
function light() { const s = $("#g").jqGrid("getGridParam", "selarrrow") || []; $("#ony").toggleClass("ui-state-disabled", !(s.length === 1 && $("#g").jqGrid("getRowData", s[0]).status === "Onay Bekliyor")); }
let box;
function form() { const s = $("#g").jqGrid("getGridParam", "selarrrow"); box = layer.open({ type: 2, title: "Sözleşme Onay", shade: 0.4, area: ["640px", "460px"], content: "/onay?key=" + s[0] }); }
function done(said) { if (!said) { layer.close(box); $("#g").trigger("reloadGrid"); return; } layer.alert(said, { title: "Bilgi", btn: ["OK"], closeBtn: 0 }, i => { layer.close(i); layer.close(box); $("#g").trigger("reloadGrid"); }); }
let layer; layui.use("layer", () => { layer = layui.layer; home(); });
</script>"""
    form_page = """<body style="margin:8px"><div><button id="k" disabled>Kayıt</button> <button id="i">Sözleşme İptal</button> <button id="v">Vazgeç</button></div><table border=1 cellspacing=0 cellpadding=4 width="100%" id="t"></table><script>
(async () => { const c = await ask("/api/form" + location.search); document.getElementById("t").innerHTML = FORM(c).map(([l, v]) => "<tr><th align=left>" + l + "<td><input readonly size=40 value='" + v + "'>").join("") + "<tr><th align=left>Açıklama<td><textarea></textarea>";
document.getElementById("i").onclick = () => touch("Sözleşme İptal (form)"); document.getElementById("v").onclick = () => parent.done("");
const k = document.getElementById("k"); setTimeout(() => k.disabled = false, FAULTS.dark ? 5000 : 600); k.onclick = async () => { k.disabled = true; const r = await post("/api/save", { key: c.key }); parent.done(FAULTS.no_ok ? "" : r.message); }; })();
</script>"""

    def katip(self, app: Flask) -> None:
        super().katip(app)
        at(app, "/onay", lambda: self.dressed(self.form_page))
