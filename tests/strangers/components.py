"""(f) Web components with open shadow roots and AG Grid: virtual rows and columns, the form beside the grid, toast and dialog.

With the fault-like option `new_tab` the form opens as a new tab instead.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, redirect, request

from tests.strangers.stage import CATEGORIES, Contract, Stranger, arrive, at, contracts, sign_in, to_katip

PARTS = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>İSG-KATİP</title><style>body{margin:0;font:14px system-ui}</style>
<script>window.FAULTS = FAULTLIST;
class KtButton extends HTMLElement { static observedAttributes = ["off"]; connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = `<style>:host{display:inline-block}span{display:inline-block;padding:6px 10px;border:1px solid #889;border-radius:4px;cursor:pointer;user-select:none;background:#eef}:host([off]) span{opacity:.4;cursor:not-allowed}</style><span part="b"><slot></slot></span>`; this.addEventListener("click", e => { if (this.hasAttribute("off")) e.stopImmediatePropagation(); }, true); } }
customElements.define("kt-button", KtButton);
class KtField extends HTMLElement { connectedCallback() { const r = this.attachShadow({ mode: "open" }); r.innerHTML = `<style>div{margin:4px 0}label{display:block;font-size:12px;color:#445}input{width:260px}</style><div><label></label><input></div>`; r.querySelector("label").textContent = this.getAttribute("label"); const i = r.querySelector("input"); i.type = this.getAttribute("type") || "text"; i.value = this.getAttribute("value") || ""; i.readOnly = this.hasAttribute("readonly"); } get value() { return this.shadowRoot.querySelector("input").value; } }
customElements.define("kt-field", KtField);
class KtBox extends HTMLElement { connectedCallback() { this.attachShadow({ mode: "open" }).innerHTML = `<style>.veil{position:fixed;inset:0;background:#0006;display:flex;align-items:center;justify-content:center;z-index:50}.box{background:#fff;padding:24px;border-radius:8px;min-width:300px}</style><div class="veil"><div class="box" role="alertdialog" aria-modal="true"><p></p><div></div></div></div>`; } ask(text, answers) { this.shadowRoot.querySelector("p").textContent = text; return new Promise(done => { for (const a of answers) { const b = document.createElement("kt-button"); b.textContent = a; b.onclick = () => { this.remove(); done(a); }; this.shadowRoot.querySelector(".box div").append(b); } }); } }
customElements.define("kt-box", KtBox);
const box = (text, ...answers) => { const b = document.createElement("kt-box"); document.body.append(b); return b.ask(text, answers); };
async function ask(url, data) { const r = await fetch(url, data === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
  if (r.status === 401) { document.body.innerHTML = "<h2>Bir süredir sessizsiniz; sizi dışarı aldık.</h2>"; throw 401; }
  const t = await r.text(); if (t.startsWith("<")) { document.body.innerHTML = t; throw 200; } return JSON.parse(t); }
</script></head><body>"""

MENU = """<kt-app></kt-app><script>customElements.define("kt-app", class extends HTMLElement { connectedCallback() { const r = this.attachShadow({ mode: "open" }); r.innerHTML = "<div style='padding:60px;display:grid;grid-template-columns:1fr 1fr;gap:20px'></div>"; for (const t of ["Kayıtlı Kullanıcı Girişi", "Sorgulama & Başvuru", "Vazgeç & Çıkış Yap", "İSG-KATİP Kullanıcı Kılavuzu"]) { const b = document.createElement("kt-button"); b.textContent = t; b.onclick = () => { if (t[1] === "a" && t[0] === "K") location = "/isyeri"; }; r.firstChild.append(b); } } });</script>"""

CHOICE = """<kt-app></kt-app><script>customElements.define("kt-app", class extends HTMLElement { async connectedCallback() { const r = this.attachShadow({ mode: "open" }); const s = await ask("/api/start"); let picked = null;
r.innerHTML = "<style>li{padding:8px;border:1px solid #ccd;margin:4px;cursor:pointer;list-style:none}li.on{background:#def}</style><ul></ul><p></p><small>Listede yoksa</small> <span id=g></span>";
s.workplaces.forEach((t, i) => { const li = document.createElement("li"); li.textContent = t; li.onclick = () => { picked = s.sgks[i]; for (const o of r.querySelectorAll("li")) o.classList.toggle("on", o === li); }; r.querySelector("ul").append(li); });
for (const t of ["Kayıtlı Kullanıcı Girişi", "Vazgeç & Çıkış Yap", "E-Bildirge Kullanıcısı Güncelle"]) { const b = document.createElement("kt-button"); b.textContent = t; b.onclick = async () => { if (t.startsWith("Kay") && picked) { await ask("/api/workplace", { sgk: picked }); location = "/ana?state=3b6154bcfad2f170c552436be843287d"; } }; r.querySelector("p").append(b); } } });</script>"""

HOME = """<kt-app></kt-app><script type="module">
import * as AgGrid from "/toolkits/aggrid/index.js"; AgGrid.ModuleRegistry.registerModules([AgGrid.AllCommunityModule]);
customElements.define("kt-app", class extends HTMLElement {
  connectedCallback() { const r = this.r = this.attachShadow({ mode: "open" }); r.innerHTML = `<style>.w{display:flex;height:100vh}nav{width:230px;background:#234;color:#fff;padding:10px}nav div{padding:6px;cursor:pointer}nav .s{padding-left:22px;display:none}nav.o .s{display:block}main{flex:1;padding:10px;position:relative;min-width:0}.toast{position:fixed;right:16px;bottom:16px;background:#333;color:#fff;padding:12px;border-radius:6px}aside{width:300px;padding:0 12px;border-left:1px solid #ccd}.g{display:flex;height:420px}#grid{flex:1;min-width:0;height:100%}</style><div class=w><nav></nav><main></main></div>`;
    const nav = r.querySelector("nav"); const add = (t, f, s) => { const d = document.createElement("div"); d.textContent = t; if (s) d.className = "s"; d.onclick = f || (() => {}); nav.append(d); };
    add("Ana Sayfa", () => this.home()); add("Güvenli Çıkış", () => this.out()); add("Anket"); add("Hizmet Alan İşyerleri Modülü", () => nav.classList.toggle("o")); add("Sözleşmeler", () => this.grid(), 1); add("Silinen Sözleşmeler", 0, 1); add("Stajyerler", 0, 1); add("Kurum Değiştir", () => location = "/isyeri"); this.home(); }
  get m() { return this.r.querySelector("main"); }
  async home() { const s = await ask("/api/start"); this.m.innerHTML = `<h2>HOŞGELDİNİZ</h2><p>Sisteme 22.11.2026 tarihinde, 111******10 ve 10.0.0.1 ile girişiniz kayıt altına alındı.</p><p>${s.pending} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</p>`; }
  async out() { await ask("/api/out", {}); location = "/"; }
  async grid() { const s = await ask("/api/contracts"); let row = null;
    this.m.innerHTML = "<p id=bar></p><div class=g><div id=grid></div><aside hidden></aside></div>"; const bar = this.m.querySelector("#bar");
    const buttons = {}; for (const t of ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Export", "Tazele"]) { const b = buttons[t] = document.createElement("kt-button"); b.textContent = t; bar.append(b, " "); b.onclick = () => t === "Onayla" ? this.form(row) : t === "Tazele" ? this.grid() : ask("/api/touch", { button: t }); }
    buttons.Onayla.setAttribute("off", "");
    AgGrid.createGrid(this.m.querySelector("#grid"), { theme: AgGrid.themeQuartz, rowData: s.rows, getRowId: p => p.data.key, rowSelection: { mode: "singleRow", checkboxes: false, enableClickSelection: true },
      onSelectionChanged: e => { row = e.api.getSelectedRows()[0]; buttons.Onayla.toggleAttribute("off", !row || row.status.indexOf("Onay Bekl") !== 0); },
      columnDefs: [["name", "Adı Soyadı", 220], ["duty", "Grv. Türü", 140], ["category", "Personel Kategorisi Adı", 260], ["work", "Çalışma Şekli", 160], ["start", "Grv. Başlama Trh.", 170], ["state", "Çalışma Durumu", 170], ["end", "Grv. Ayrılış Trh.", 170], ["status", "Grv. Onay Durumu", 190]].map(c => ({ field: c[0], headerName: c[1], width: c[2], sortable: true })) }); }
  async form(row) { if (FAULTS.new_tab) { window.open("/onay?key=" + row.key); return; }
    const c = await ask("/api/form?key=" + row.key); const a = this.m.querySelector("aside"); a.hidden = false; a.innerHTML = ""; drawForm(a, c, async said => { a.hidden = true; a.innerHTML = ""; if (!said) return this.grid(); const t = document.createElement("div"); t.className = "toast"; t.textContent = "Kaydedildi."; this.r.append(t); setTimeout(() => t.remove(), 3000); await box(said, "OK"); this.grid(); }); }
});
</script>"""

FORM = """<script>function drawForm(a, c, done) { const fields = [["Adı Soyadı", c.name], ["Görevlendirme ID", c.gorevlendirme_id], ["Ayl. Çlş. Süresi (Dk)", c.minutes], ["Ayl. Fzl. Mesai Süresi (Dk)", c.overtime], ["Kalan Max. Ayl. Çlş. Süresi (Dk)", c.rest], ["Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)", c.rest_overtime]];
for (let n = 0; n < (FAULTS.double_form ? 2 : 1); n++) { const b = document.createElement("kt-button"); b.textContent = "Kayıt"; const h = document.createElement("h3"); h.textContent = "SÖZLEŞME ONAY"; a.append(b, h);
for (const [l, v] of fields) { const f = document.createElement("kt-field"); f.setAttribute("label", l); f.setAttribute("value", v); f.setAttribute("readonly", ""); a.append(f); } const f = document.createElement("kt-field"); f.setAttribute("label", "Açıklama"); a.append(f);
b.onclick = async () => { if (FAULTS.sure && await box("Emin misiniz?", "Evet", "Hayır") !== "Evet") return; const d = await ask("/api/save", { key: c.key }); done(FAULTS.no_ok ? "" : d.message); }; } }</script>"""

TAB = """<section id="f" style="padding:20px"></section><script>ask("/api/form" + location.search).then(c => drawForm(document.getElementById("f"), c, async said => { if (said) await box(said, "OK"); window.close(); }));</script>"""


def _setting() -> dict[str, Any]:
    """Sixty contracts on one page that is drawn only where it is scrolled to."""
    names = tuple(f"KİŞİ {n:02d} {'ÖRNEK' if n % 3 else 'DENEME'}" for n in range(60))
    statuses = tuple("Onay Bekliyor" if n in (2, 31, 58) else ("Onaylandı", "Reddedildi", "İptal Edildi")[n % 3] for n in range(60))
    many: list[Contract] = contracts(names, statuses)
    assert len(CATEGORIES) == 4
    return {"contracts": many}


class Components(Stranger):
    """Web components and AG Grid."""

    setting = staticmethod(_setting)

    def _dressed(self, *parts: str) -> str:
        return PARTS.replace("FAULTLIST", json.dumps(dict.fromkeys(self.play.faults, 1))) + "".join(parts)

    def site(self, app: Flask) -> None:
        katip = self.play.origin("katip")
        at(app, "/", lambda: self._dressed(f'<p align="right"><kt-button onclick="window.open(\'{katip}/\')">İSG Katip</kt-button></p><h1>OSGB</h1>'))

    def edevlet(self, app: Flask) -> None:
        play = self.play

        def page(said: str = "") -> str:
            return self._dressed(
                f"<h1>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>{said}</p><form id=f method=post><kt-field id=k label='T.C. Kimlik No'></kt-field><kt-field id=s type=password label='e-Devlet Şifresi'></kt-field><input type=hidden name=k><input type=hidden name=s></form><kt-button>İptal Et</kt-button> <kt-button onclick=\"f.elements.k.value=k.value;f.elements.s.value=s.value;f.submit()\">Sisteme Giriş Yap</kt-button>"
            )

        at(app, "/Giris/gir", page)

        @app.post("/Giris/gir")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return to_katip(play)
            return page("Olmadı, yeniden deneyiniz.")

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: self._dressed('<div style="padding:50px"><kt-button onclick="location=\'/git\'">İSG KATİP Giriş</kt-button></div>'))
        at(app, "/git", lambda: redirect(play.origin("edevlet") + "/Giris/gir"))
        at(app, "/giris", lambda: arrive("/menu"))
        at(app, "/menu", lambda: self._dressed(MENU))
        at(app, "/isyeri", lambda: self._dressed(CHOICE))
        at(app, "/ana", lambda: self._dressed(FORM, HOME) if play.session() else redirect("/"))
        at(app, "/onay", lambda: self._dressed(FORM, TAB))
