"""(c) A Quasar single-page app: drawer, table with pager by icons, form in a dialog, toast and dialog after it.

It wakes late (clicks in a page's first 400 ms are lost, in the sign-in's first 2.5 s), goes to e-Devlet by itself, knows one workplace only, and has
wordings of its own.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, redirect, request

from tests.strangers.stage import WORKPLACES, Stranger, arrive, at, sign_in, to_katip

KIT = """<link rel="stylesheet" href="/toolkits/quasar/fonts.css"><link rel="stylesheet" href="/toolkits/quasar/quasar.unimportant.prod.css"><link rel="stylesheet" href="/toolkits/quasar/quasar.important.prod.css">
<script type="module">import * as Vue from "/toolkits/quasar/vue.esm-browser.prod.js"; window.Vue = Vue;</script><script defer src="/toolkits/quasar/quasar.umd.prod.js"></script>
<script>const born = performance.now();
addEventListener("click", e => { if (performance.now() - born < 400) { e.stopImmediatePropagation(); e.preventDefault(); } }, true);
window.FAULTS = FAULTLIST;</script>"""
HEAD = '<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>%s</title>'

SITE = """<!doctype html><html lang="tr"><meta charset="utf-8"><title>Örnek OSGB</title>
<style>nav{display:flex;justify-content:flex-end;gap:2em;padding:1em;background:#eee}nav span{cursor:pointer}</style>
<nav><span>Hakkımızda</span><span>İletişim</span><span onclick="window.open('%s/')">İSG&nbsp;Katip</span></nav><main><h1>Örnek OSGB</h1><p>İş sağlığı ve güvenliği.</p></main>"""

SIGN_IN = (
    HEAD % "e-Devlet Kapısı"
    + KIT.replace("400", "2500")
    + """</head><body><div id="app"><q-layout view="hHh lpR fFf"><q-header><q-toolbar><q-toolbar-title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</q-toolbar-title></q-toolbar></q-header><q-page-container><q-page padding>
<q-tabs v-model="tab"><q-tab name="s" label="e-Devlet Şifresi"></q-tab><q-tab name="m" label="Mobil İmza"></q-tab><q-tab name="e" label="Elektronik İmza"></q-tab></q-tabs>
<form method="post" style="max-width:420px"><q-input name="k" v-model="k" label="T.C. Kimlik Numarası"></q-input><q-input name="s" v-model="s" label="e-Devlet Şifreniz" :type="show ? 'text' : 'password'"><template v-slot:append><q-icon name="visibility" class="cursor-pointer" @click="show = !show"></q-icon></template></q-input>
<div class="text-negative">%s</div><q-btn flat label="İptal"></q-btn><q-btn type="submit" color="primary" label="Giriş Yap"></q-btn></form></q-page></q-page-container></q-layout></div>
<script type="module">const app = Vue.createApp({ data: () => ({ tab: "s", k: "", s: "", show: false }) }); app.use(Quasar); app.mount("#app");</script>"""
)

MENU = (
    HEAD % "İSG-KATİP"
    + KIT
    + """</head><body><div id="app" class="q-pa-xl"><div class="row q-gutter-lg">
<q-card v-for="c in cards" :key="c[0]" class="col-5 cursor-pointer" @click="go(c[0])"><q-card-section><div class="text-h6">{{ c[0] }}</div><div>{{ c[1] }}</div></q-card-section></q-card></div></div>
<script type="module">const app = Vue.createApp({ data: () => ({ cards: [["Kayıtlı Kullanıcı Girişi", "Hizmet alan işyerleri, İSG profesyonelleri"], ["Sorgulama & Başvuru", "Belge doğrulama"], ["Vazgeç & Çıkış Yap", "Ana ekrana dönülür"], ["İSG-KATİP Kullanıcı Kılavuzu", "PDF"]] }),
methods: { go(t) { if (t === "Kayıtlı Kullanıcı Girişi") location = "/basla"; else if (t.startsWith("Vazgeç")) location = "/vazgec"; } } }); app.use(Quasar); app.mount("#app");</script>"""
)

APP = (
    HEAD % "İSG-KATİP"
    + KIT
    + """</head><body><div id="app"><q-layout view="hHh lpR fFf"><q-header><q-toolbar><q-toolbar-title>İSG-KÂTİP</q-toolbar-title><div class="text-caption">DENEME ÖRNEK SANAYİ VE TİCARET LİMİTED ŞİRKETİ · SGK Sicil No: 2 9999 01 01 9999901 099 99 32 000</div><q-btn flat label="Kurum Bilgileri"></q-btn><q-btn flat label="Kullanıcı Bilgileri"></q-btn></q-toolbar></q-header>
<q-drawer show-if-above :breakpoint="0" :width="290" bordered><q-list>
<q-item clickable v-ripple @click="view = 'home'; load()"><q-item-section avatar><q-icon name="home"></q-icon></q-item-section><q-item-section>Ana Sayfa</q-item-section></q-item>
<q-item clickable v-ripple><q-item-section avatar><q-icon name="poll"></q-icon></q-item-section><q-item-section>Anket</q-item-section></q-item>
<q-expansion-item icon="business" label="Hizmet Alan İşyerleri Modülü"><q-item clickable v-ripple v-for="t in subs" :key="t" :inset-level="1" @click="open(t)"><q-item-section>{{ t }}</q-item-section></q-item></q-expansion-item>
<q-item clickable v-ripple><q-item-section avatar><q-icon name="swap_horiz"></q-icon></q-item-section><q-item-section>Kurum Değiştir</q-item-section></q-item>
<q-item clickable v-ripple @click="out"><q-item-section avatar><q-icon name="logout"></q-icon></q-item-section><q-item-section>Güvenli Çıkış Yap</q-item-section></q-item></q-list></q-drawer>
<q-page-container><q-page padding>
<div v-if="view === 'home' && start"><div class="text-h5">Hoş Geldiniz</div><p>Sisteme 22.11.2026 11:20 tarihinde, 11111111110 ve 127.0.0.1 ile girişiniz kayıt altına alındı.</p><q-card class="q-pa-md"><div>Onay Bekleyen Sözleşme Sayısı: {{ start.pending }}</div></q-card></div>
<div v-if="view === 'Sözleşmeler'"><q-toolbar class="bg-grey-3 q-gutter-xs"><q-btn flat dense icon="add" label="Yeni" @click="touch('Yeni')"></q-btn><q-btn flat dense label="İşe Grv." @click="touch('İşe Grv.')"></q-btn><q-btn flat dense icon="check" label="Onayla" :disable="!pending" @click="show"></q-btn><q-btn flat dense icon="cancel" label="Sözleşme İptal" @click="touch('Sözleşme İptal')"></q-btn><q-btn flat dense icon="delete" label="Sil" @click="touch('Sil')"></q-btn><q-btn flat dense icon="refresh" label="Tazele" @click="reload"></q-btn></q-toolbar>
<q-table flat :rows="rows" :columns="columns" row-key="key" selection="single" v-model:selected="selected" :loading="loading" v-model:pagination="pagination" @request="request" :rows-per-page-options="[5, 10]" rows-per-page-label="Sayfa başına" :pagination-label="(a, b, n) => n + ' kayıttan ' + a + ' - ' + b" no-data-label="Kayıt bulunamadı" :selected-rows-label="n => n + ' kayıt seçildi'"></q-table></div>
<div v-if="view === 'other'">Kayıt bulunamadı.</div></q-page></q-page-container></q-layout>
<q-dialog v-model="dialog" persistent><q-card style="width:560px;max-width:90vw" v-if="form"><q-bar>SÖZLEŞME ONAY</q-bar><q-card-actions><q-btn color="primary" icon="save" label="Kaydet" :loading="sending" @click="save"></q-btn><q-btn flat label="Vazgeç" v-close-popup></q-btn></q-card-actions>
<q-card-section class="q-gutter-sm"><q-input dense label="Adı Soyadı" :model-value="form.name" readonly></q-input><q-input dense label="Görevlendirme No" :model-value="form.gorevlendirme_id" readonly></q-input><q-input dense label="Aylık Çalışma Süresi (Dakika)" :model-value="form.minutes" readonly></q-input><q-input dense label="Aylık Fazla Mesai Süresi (Dakika)" :model-value="form.overtime" readonly></q-input><q-input dense label="Kalan Azami Aylık Çalışma Süresi (Dakika)" :model-value="form.rest" disable></q-input><q-input dense type="textarea" label="Açıklama" v-model="remark"></q-input></q-card-section></q-card></q-dialog>
</div><script type="module">
const cols = [["name", "Adı Soyadı", "left"], ["status", "Görev Onay Durumu", "left"], ["start", "Görev Başlama Tarihi", "right"], ["category", "Personel Kategorisi", "left"], ["work", "Çalışma Şekli", "left"], ["state", "Çalışma Durumu", "left"]];
const app = Vue.createApp({ data: () => ({ start: null, view: "home", subs: ["Sözleşmeler", "Silinen Sözleşmeler", "Stajyerler", "Dosyalar"], rows: [], selected: [], loading: false, dialog: false, form: null, remark: "", sending: false, pagination: { page: 1, rowsPerPage: 5, rowsNumber: 0 }, columns: cols.map(c => ({ name: c[0], field: c[0], label: c[1], align: c[2] })) }),
computed: { pending() { return this.selected.some(r => r.status.startsWith("Onay Bekl")); } },
mounted() { this.load(); },
methods: {
  async ask(url, data) { const r = await fetch(url, data === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
    if (r.status === 401) { this.dialog = false; Quasar.Dialog.create({ title: "Uyarı", message: "Oturum anahtarınız artık tanınmıyor.", persistent: true, ok: { label: "Tamam", flat: true } }).onOk(() => { location = "/"; }); throw new Error("401"); }
    if (!(r.headers.get("content-type") || "").includes("json")) { document.getElementById("app").innerHTML = await r.text(); throw new Error("page"); }
    return r.json(); },
  async load() { this.start = await this.ask("/api/start"); },
  open(t) { this.view = t === "Sözleşmeler" ? t : "other"; if (t === "Sözleşmeler") this.request({ pagination: { ...this.pagination, page: FAULTS.second_page ? 2 : 1 } }); },
  async request({ pagination }) { this.loading = true; this.selected = []; try { const d = await this.ask(`/api/contracts?start=${(pagination.page - 1) * pagination.rowsPerPage}&limit=${pagination.rowsPerPage}`); this.rows = d.rows; this.pagination = { ...pagination, rowsNumber: d.total }; } finally { this.loading = false; } },
  reload() { return this.request({ pagination: this.pagination }); },
  touch(b) { return this.ask("/api/touch", { button: b }); },
  async show() { this.form = await this.ask("/api/form?key=" + this.selected[0].key); this.dialog = true; },
  async save() { if (FAULTS.sure) { Quasar.Dialog.create({ title: "Onay", message: "Emin misiniz?", ok: { label: "Evet", flat: true }, cancel: { label: "Hayır", flat: true }, persistent: true }).onOk(this.send); } else await this.send(); },
  async send() { this.sending = true; let d; try { d = await this.ask("/api/save", { key: this.form.key }); } finally { this.sending = false; }
    this.dialog = false; Quasar.Notify.create({ message: "İşleminiz alındı", color: "grey-8", position: "top-right", timeout: 2500 });
    if (!FAULTS.no_ok) Quasar.Dialog.create({ title: "Bilgi", message: d.message, ok: { label: "Tamam", flat: true }, persistent: true }).onOk(this.reload); else this.reload(); },
  async out() { await this.ask("/api/out", {}); location = "/"; } } });
app.use(Quasar, { plugins: { Dialog: Quasar.Dialog, Notify: Quasar.Notify }, config: {} }); app.mount("#app");
</script>"""
)


def _setting() -> dict[str, Any]:
    return {
        "workplaces": WORKPLACES[:1],
        "words": {"Onay Bekliyor": "Onay Bekleniyor", "done": "Sözleşmeniz onaylanarak kayıt altına alınmıştır."},
    }


class QuasarSpa(Stranger):
    """Quasar."""

    setting = staticmethod(_setting)

    def site(self, app: Flask) -> None:
        at(app, "/", lambda: SITE % self.play.origin("katip"))

    def _dressed(self, html: str) -> str:
        return html.replace("FAULTLIST", json.dumps(dict.fromkeys(self.play.faults, 1)))

    def edevlet(self, app: Flask) -> None:
        play = self.play
        at(app, "/Giris/gir", lambda: self._dressed(SIGN_IN.replace("%s", "")))

        @app.post("/Giris/gir")
        def enter() -> Any:
            if sign_in(play, request.form["k"], request.form["s"]):
                return to_katip(play)
            return self._dressed(SIGN_IN.replace("%s", "Kullanıcı bulunamadı."))

    def katip(self, app: Flask) -> None:
        play = self.play
        at(app, "/", lambda: redirect(play.origin("edevlet") + "/Giris/gir?uygulama=katip"))
        at(app, "/giris", lambda: arrive("/menu"))
        at(app, "/menu", lambda: self._dressed(MENU))

        @app.get("/basla")
        def begin() -> Any:
            play.choose(play.workplaces[0].sgk)
            return redirect("/app?state=3b6154bcfad2f170c552436be843287d")

        at(app, "/app", lambda: self._dressed(APP) if play.session() else redirect("/"))
        at(app, "/vazgec", lambda: "<p>Çıkıldı.</p>")
