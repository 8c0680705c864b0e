// The framed skin: module, grid and form each in an iframe of its own, with names made anew each time.

const randomName = () => "frame" + Math.floor(Math.random() * 1e9);

function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

function toggle(link) {
  const list = link.nextElementSibling;
  list.style.display = list.style.display === "none" ? "" : "none";
}

// --- in the outer page --------------------------------------------------------------------------------------------

function openModule(module, label) {
  const tabs = document.querySelector(".tabs"), workspace = document.querySelector(".workspace");
  const old = [...tabs.children].findIndex((tab) => tab.textContent === label);
  if (old > 0) { tabs.children[old].remove(); workspace.querySelectorAll(".tab-panel")[old].remove(); }
  const name = randomName();
  tabs.append(make("span", { id: randomName(), textContent: label }));
  workspace.append(make("div", { className: "tab-panel" }, make("iframe", { id: name, name, src: "/Modul.aspx?m=" + module })));
  showTab(tabs.lastElementChild);
}

function showTab(chosen) {
  const panels = document.querySelectorAll(".tab-panel");
  [...chosen.parentElement.children].forEach((tab, index) => {
    tab.className = tab === chosen ? "on" : "";
    tab.onclick = () => showTab(tab);
    panels[index].style.display = tab === chosen ? "" : "none";
  });
}

// --- in the module's frame ----------------------------------------------------------------------------------------

function frameIn(place, className = "") {
  const name = randomName();
  const frame = make("iframe", { id: name, name, className, src: "/Cerceve.aspx" });
  const loaded = new Promise((done) => { frame.onload = () => done(frame.contentDocument.body); });
  place.append(frame);
  return loaded;
}

function failed(failure) {
  if (failure.notice === "connection") box("HATA", "Sunucu ile bağlantı kurulamadı.", ["OK"]);
  else location.href = "/Bilgi.aspx/" + failure.notice; // this frame only: the menu around it stays
}

function box(title, text, labels) {
  return new Promise((answer) => {
    const buttons = labels.map((label) => make("input", { type: "button", value: label, onclick: () => { shade.remove(); answer(label); } }));
    const shade = make("div", { className: "shade" }, make("div", { className: "box" },
      make("h3", { textContent: title }), make("p", { textContent: text }), make("div", { className: "buttons" }, ...buttons)));
    document.body.append(shade);
  });
}

function tableOf(columns, className, rows) {
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = make("colgroup", {}, ...columns.map((column) => make("col", { width: `${(100 * column.width) / total}%` })));
  return make("div", { className }, make("table", { className: "grid", id: randomName() }, widths, make("tbody", {}, ...rows)));
}

async function startContracts(columns) {
  const root = document.querySelector(".contracts");
  const grid = await frameIn(root.querySelector(".grid-place"), "grid-frame");
  const input = root.querySelector(".pager input");
  let form = null;
  const dim = (link, on) => { link.className = on ? "dim" : ""; link.setAttribute("aria-disabled", String(on)); };
  const header = tableOf(columns, "head-table", [make("tr", {}, ...columns.map((column) => make("th", { textContent: column.label })))]);
  const contracts = openContracts({
    failed, box,
    mask: (on) => { root.querySelector(".mask").style.display = on ? "" : "none"; },
    enable: (need, on) => root.querySelectorAll(`[data-needs=${need}]`).forEach((link) => dim(link, !on)),
    rows(rows, select) {
      const lines = rows.map((row) => make("tr", {
        onclick(event) {
          lines.forEach((line) => { line.className = line === event.currentTarget ? "picked" : ""; });
          select(row);
        },
      }, ...columns.map((column) => make("td", { textContent: row[column.key] }))));
      grid.replaceChildren(header, tableOf(columns, "body-table", lines));
    },
    pager(data) {
      input.value = data.page;
      root.querySelector(".pager span").textContent = `Toplam ${data.pages}, Kayıtlar ${data.first} - ${data.last}`;
      root.querySelectorAll("[data-go=first],[data-go=previous]").forEach((link) => dim(link, data.page === 1));
      root.querySelectorAll("[data-go=next],[data-go=last]").forEach((link) => dim(link, data.page === data.pages));
    },
    async openForm(fields, actions) {
      const window_ = make("div", { className: "window" }, make("h2", { textContent: "SÖZLEŞME ONAY" }));
      form = make("div", { className: "shade", style: "padding-top:20px" }, window_);
      document.body.append(form);
      const body = await frameIn(window_);
      const note = make("textarea", { id: randomName(), rows: 3 }), consent = make("input", { type: "checkbox", id: randomName() });
      const tool = (textContent, onclick) => make("a", { href: "javascript:void(0)", textContent, onclick });
      const line = (label, field) => make("div", { className: "form-row" }, make("div", { className: "lbl", textContent: label + ":" }), field);
      body.append(
        make("div", { className: "toolbar" },
          tool("Kayıt", () => actions.save({ note: note.value, auto_update: consent.checked })), tool("İptal", actions.close), tool("Kapat", actions.close)),
        ...fields.map(([label, value]) => line(label, make("input", { id: randomName(), value, readOnly: true }))),
        line("Açıklama", note),
        make("div", { className: "form-row" }, consent, " Otomatik Güncelleme Onay İzni"));
    },
    closeForm: () => form.remove(),
    download: (address) => { location.href = address; },
    print: (address) => { location.href = address; },
  });
  const press = (link, act) => { link.onclick = () => { if (link.className !== "dim") act(); }; };
  root.querySelectorAll("[data-action]").forEach((link) => press(link, () => contracts.press(link.dataset.action)));
  root.querySelectorAll("[data-go]").forEach((link) => press(link, () => contracts.go(link.dataset.go)));
  input.onkeydown = (event) => { if (event.key === "Enter") contracts.go(input.value); };
}
