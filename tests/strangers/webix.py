"""Webix, as its makers ship it: a list whose elements are its columns, drawn only in sight, with scroll bars of its own.

Its files come from the npm registry (`tests/strangers/today/npm.py`).
"""

from __future__ import annotations

from typing import Any

from tests.strangers.kits import _Kit
from tests.strangers.stage import Contract, contracts


def many() -> dict[str, Any]:
    """Sixty contracts, four pending, two of them of nearly the same name."""
    names = tuple("AYŞE YILDIZ" if n == 2 else "AYŞE YILDIZ DENEME" if n == 3 else f"KİŞİ {n:02d} {'ÖRNEK' if n % 3 else 'DENEME'}" for n in range(60))
    statuses = tuple("Onay Bekliyor" if n in (2, 3, 31, 58) else ("Onaylandı", "Reddedildi", "İptal Edildi")[n % 3] for n in range(60))
    made: list[Contract] = contracts(names, statuses)
    return {"contracts": made}


class Webix(_Kit):
    """Webix 11: a list whose elements are columns, a frozen name, scroll bars of its own, the form in its window."""

    setting = staticmethod(many)
    head = """<link rel="stylesheet" href="/npm/webix/webix.min.css"><script src="/npm/webix/webix.min.js"></script>"""
    page = """<body><script>
let S, chosen = null;
const TOOLS = ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Export", "Tazele"];
const menu = [ { id: "home", value: "Ana Sayfa" }, { id: "anket", value: "Anket" }, { id: "mod", value: "Hizmet Alan İşyeri Modülü", data: [ { id: "grid", value: "Sözleşmeler" }, { id: "del", value: "Silinen Sözleşmeler" }, { id: "staj", value: "Stajyerler" } ] }, { id: "kd", value: "Kurum Değiştir" }, { id: "out", value: "Güvenli Çıkış" } ];
webix.ready(async () => {
  S = await ask("/api/start");
  webix.ui({ rows: [ { view: "toolbar", elements: [ { view: "label", label: "İSG-KATİP v9.19.01.10" }, { view: "button", value: "Kurum Bilgileri", width: 140 }, { view: "button", value: "Kullanıcı Bilgileri", width: 150 } ] },
    { cols: [ { view: "tree", id: "tree", width: 270, select: true, data: menu, on: { onItemClick: id => { const node = $$("tree"); if (node.isBranch(id)) node.isBranchOpen(id) ? node.close(id) : node.open(id); ({ home, grid, kd: () => location = "/isyeri", out })[id]?.(); } } }, { view: "resizer" },
      { id: "main", rows: [ { template: HELLO(S.pending) } ] } ] } ] });
});
function put(c) { webix.ui([c], $$("main")); }
function home() { put({ template: HELLO(S.pending) }); }
function grid() {
  put({ rows: [ { view: "toolbar", elements: TOOLS.map(t => ({ view: "button", id: "b" + t, value: t, width: t.length * 9 + 30, disabled: t === "Onayla", click: () => t === "Onayla" ? form() : t === "Tazele" ? load() : touch(t) })).concat({}) },
    { view: "datatable", id: "dt", leftSplit: 1, select: "row", columns: COLS.map(([id, h, width], i) => ({ id, width: width + 50, header: i === 0 ? [h, { content: "textFilter" }] : i === 7 ? [h, { content: "selectFilter" }] : [h, ""] })), on: { onAfterSelect: i => { chosen = $$("dt").getItem(i); $$("bOnayla")[chosen.status === "Onay Bekliyor" ? "enable" : "disable"](); }, onBeforeLoad() { this.showOverlay("Yükleniyor..."); }, onAfterLoad() { this.hideOverlay(); } } } ] });
  load();
}
async function load() { const d = $$("dt"); d.showOverlay("Yükleniyor..."); const r = await ask("/api/contracts"); await new Promise(x => setTimeout(x, 400)); d.clearAll(); d.parse(r.rows.map(x => ({ id: x.key, ...x }))); d.hideOverlay(); $$("bOnayla").disable(); }
async function form() {
  const c = await ask("/api/form?key=" + chosen.key);
  const w = webix.ui({ view: "window", modal: true, move: true, width: 640, position: "center", head: { view: "toolbar", elements: [ { view: "label", label: "SÖZLEŞME ONAY" }, { view: "icon", icon: "wxi-close", click: () => w.close() } ] },
    body: { rows: [ { view: "toolbar", elements: [ { view: "button", id: "kayit", value: "Kayıt", width: 90, disabled: true, click: () => save(c, w) }, { view: "button", value: "Sözleşme İptal", width: 140, click: () => touch("Sözleşme İptal (form)") }, { view: "button", value: "Vazgeç", width: 90, click: () => w.close() }, {} ] },
      { view: "form", elements: FORM(c).map(([label, value]) => ({ view: "text", label, value: String(value), readonly: true, labelWidth: 300 })).concat({ view: "textarea", label: "Açıklama", labelWidth: 300, height: 70 }) } ] } });
  w.show(); setTimeout(() => $$("kayit") && $$("kayit").enable(), FAULTS.dark ? 5000 : 700);
}
async function save(c, w) { $$("kayit").disable(); const r = await post("/api/save", { key: c.key }); if (FAULTS.no_ok) { w.close(); return load(); } webix.alert({ title: "Bilgi", text: r.message, ok: "OK" }).then(() => { w.close(); load(); }); }
</script>"""
