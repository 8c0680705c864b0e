// The list of contracts: tabs, table, pager, and what can be done with a row.

import { download, request } from "./api.js";
import { approveRow, showRow } from "./form.js";
import { ask, busy, button, look, make, menu, tabs, toast, word } from "./ui.js";

const RED = "#ffd6d6", GREEN = "#d4f5dc";

export async function showContracts(main, { failed, go }) {
  const state = { tab: "bekleyen", page: 1, size: 10, checked: new Set() };
  const panels = Object.fromEntries(Object.keys(tabs).map((key) => [key, make("div", { className: "tab-panel", role: "tabpanel", hidden: true })]));
  const bar = make("div", { className: "tab-bar", role: "tablist" });
  main.replaceChildren(make("h2", {}, "İSG Hizmet Sözleşmeleri"), toolbar(), bar, ...Object.values(panels));

  function toolbar() {
    const above = look.action === "checked" ? [button("Onayla", () => state.checked.size === 1 && approve([...state.checked][0]), "primary"), button("Reddet", () => other("reddet", [...state.checked]))] : [];
    return make("div", { className: "tools" }, button("Yeni", () => other("yeni", [])), ...above,
      button("İptal Et", () => other("iptal", [...state.checked])), button("Sözleşmeyi Sonlandır", () => other("sonlandir", [...state.checked])),
      button("Bu Sayfayı Dışa Aktar", () => download("disa-aktar")), button("Tümünü Dışa Aktar", () => download("disa-aktar")));
  }

  async function other(action, rows, confirmed = false) {
    try {
      const answer = await request(`islem/${action}`, { rows, confirmed });
      if (answer.question) { if (await ask("Onay", answer.question, ["Evet", "Hayır"]) === "Evet") await other(action, rows, true); return; }
      toast(answer.text);
      await load();
    } catch (failure) { failed(failure); }
  }

  async function approve(row) {
    const way = await approveRow(row, failed);
    if (way === "page") return go("/surec/akis");
    if (way === "local") return rewrite(row);
    if (way === "reload") await load();
  }

  // The page changes the row by itself, whatever the server did.
  function rewrite(row) {
    const line = panels[state.tab].querySelector(`[data-row="${row}"]`);
    for (const cell of line.querySelectorAll("[data-turn]")) cell.textContent = word("Sözleşme Onaylandı");
    line.querySelector(".act")?.replaceChildren();
  }

  async function load() {
    busy(true);
    let data;
    try { data = await request(`sozlesmeler?sekme=${state.tab}&sayfa=${state.page}&boy=${state.size}`); } catch (failure) { return failed(failure); } finally { busy(false); }
    state.page = data.page;
    state.checked.clear();
    drawTabs(data.pending);
    const table = look.table === "virtual" ? virtualTable(data) : nativeTable(data);
    const legend = look.turn !== "columns" ? [make("div", { className: "legend" }, swatch(RED), "Görevlendirilen kişinin onayı bekleniyor", swatch(GREEN), "İşyerinin onayı bekleniyor")] : [];
    panels[state.tab].replaceChildren(...legend, data.rows.length ? table : make("div", { className: "empty" }, "Veri Yok"), pager(data));
  }

  const swatch = (colour) => { const box = make("span", { className: "swatch" }); box.style.background = colour; return box; };

  function drawTabs(pending) {
    bar.replaceChildren(...Object.entries(tabs).map(([key, label]) => {
      const tab = make("div", { className: "tab", role: "tab", tabIndex: 0, "aria-selected": String(key === state.tab) }, label);
      if (key === "bekleyen" && look.count === "brackets") tab.textContent = `${word(label)} (${pending})`;
      if (key === "bekleyen" && look.count === "badge") tab.append(make("sup", { className: "badge" }, String(pending)));
      tab.onclick = () => { Object.assign(state, { tab: key, page: 1 }); load(); };
      return tab;
    }));
    for (const [key, panel] of Object.entries(panels)) panel.hidden = key !== state.tab;
  }

  function actions(row) {
    if (!row.may || state.tab === "aktif") return [];
    const yes = () => approve(row.row), no = () => other("reddet", [row.row]), show = () => showRow(row.row, failed);
    if (look.action === "menu") {
      const more = button("⋯", (event) => { event.stopPropagation(); menu(more, [["Detay", look.detail === "no" ? () => {} : show], ["Onayla", yes], ["Reddet", no], ["Sözleşmeyi Sonlandır", () => other("sonlandir", [row.row])]]); });
      more.title = word("İşlemler");
      return [more];
    }
    const shown = look.detail === "no" ? [] : [button("Detay", show)];
    return [...approving(yes, no), ...shown];
  }

  function approving(yes, no) {
    if (look.action === "link") return [make("a", { tabIndex: 0, className: "link", onclick: yes }, "Onayla"), " ", make("a", { tabIndex: 0, className: "link", onclick: no }, "Reddet")];
    if (look.action === "icon") return [icon("Onayla", "M4 12l5 5L20 6", yes), icon("Reddet", "M5 5l14 14M19 5L5 19", no)];
    return look.action === "button" ? [button("Onayla", yes, "primary"), button("Reddet", no)] : [];
  }

  function icon(title, path, act) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.innerHTML = `<path d="${path}" fill="none" stroke="currentColor" stroke-width="2"/>`;
    return make("span", { className: "icon", role: "button", tabIndex: 0, title, onclick: act }, drawing);
  }

  function box(row) {
    const field = make("input", { type: "checkbox", "aria-label": "Seç" });
    field.onchange = () => (field.checked ? state.checked.add(row.row) : state.checked.delete(row.row));
    return field;
  }

  const turnColumn = (label) => /Onay Durumu$/.test(label);
  const colour = (row) => (row.turn ? (row.turn === "employer" ? GREEN : RED) : "");
  const colourOf = (row) => (look.turn === "colour" ? colour(row) : "");
  const marked = (row, column) => turnColumn(column.label) ? { "data-turn": "", style: look.turn === "cell" && colour(row) ? `background:${colour(row)}` : "" } : {};

  function nativeTable(data) {
    const head = make("tr", {}, make("th", { className: "first" }), ...data.columns.map((column) => make("th", {}, column.label)), make("th", { className: "act" }, "İşlemler"));
    data.columns.forEach((column, index) => { head.children[index + 1].style.minWidth = `${column.width}px`; });
    const lines = data.rows.map((row) => {
      const line = make("tr", { "data-row": row.row }, make("td", { className: "first" }, box(row)),
        ...row.cells.map((text, index) => make("td", marked(row, data.columns[index]), text)), make("td", { className: "act" }, ...actions(row)));
      line.style.background = colourOf(row);
      return line;
    });
    return make("div", { className: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)));
  }

  // Columns exist only where they are in sight.
  function virtualTable(data) {
    const columns = [{ label: "", width: 44, cell: (row) => [box(row)] },
      ...data.columns.map((column, index) => ({ ...column, cell: (row) => [row.cells[index]] })), { label: "İşlemler", width: 190, cell: actions, act: true }];
    let left = 0;
    for (const column of columns) { column.left = left; left += column.width; }
    const inner = make("div", { className: "v-inner" });
    inner.style.width = `${left}px`;
    const view = make("div", { className: "scroll virtual", role: "grid", "aria-rowcount": data.rows.length + 1 }, inner);
    const draw = () => {
      const seen = columns.filter((column) => column.left + column.width > view.scrollLeft && column.left < view.scrollLeft + (view.clientWidth || 900));
      const place = (element, column) => { element.style.left = `${column.left}px`; element.style.width = `${column.width}px`; return element; };
      const head = make("div", { className: "v-row head", role: "row" }, ...seen.map((column) => place(make("div", { role: "columnheader", "aria-colindex": columns.indexOf(column) + 1 }, column.label), column)));
      inner.replaceChildren(head, ...data.rows.map((row, index) => {
        const line = make("div", { className: "v-row", role: "row", "aria-rowindex": index + 2, "data-row": row.row }, ...seen.map((column) =>
          place(make("div", { role: "gridcell", className: column.act ? "act" : "", "aria-colindex": columns.indexOf(column) + 1, ...marked(row, column) }, ...column.cell(row)), column)));
        line.style.background = colourOf(row);
        return line;
      }));
    };
    view.onscroll = draw;
    draw();
    requestAnimationFrame(draw);
    return view;
  }

  function pager(data) {
    const turn = (page) => { state.page = page; load(); };
    const step = (label, title, page, on) => make("li", { className: on ? "" : "off", title, "aria-disabled": String(!on), onclick: () => on && turn(page) }, label);
    const numbers = Array.from({ length: data.pages }, (_, index) => make("li", { className: index + 1 === data.page ? "now" : "", onclick: () => turn(index + 1) }, String(index + 1)));
    return make("ul", { className: "pages" }, make("li", { className: "total" }, `Toplam ${data.total}`),
      step("‹", "Önceki Sayfa", data.page - 1, data.page > 1), ...numbers, step("›", "Sonraki Sayfa", data.page + 1, data.page < data.pages));
  }

  await load();
}
