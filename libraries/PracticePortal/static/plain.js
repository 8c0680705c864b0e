// The plain skin: elements that say by themselves what they are.

function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  for (const [name, value] of Object.entries(attributes)) if (name.includes("-") || name === "role") element.setAttribute(name, value);
  element.append(...children);
  return element;
}

document.addEventListener("click", (event) => {
  const group = event.target.closest("button.group");
  if (group) {
    const open = group.getAttribute("aria-expanded") === "true";
    group.setAttribute("aria-expanded", String(!open));
    group.nextElementSibling.hidden = open;
  }
  const link = event.target.closest("[data-module]");
  if (link) { event.preventDefault(); openModule(link.dataset.module, link.textContent); }
});

async function openModule(module, label) {
  const workspace = document.querySelector(".workspace");
  const panel = make("div", { className: "tab-panel", role: "tabpanel", "aria-label": label });
  try { panel.innerHTML = await ask("/Modul.aspx?m=" + module); } catch (failure) { return failed(failure); }
  const tabs = workspace.querySelector(".tabs");
  const existing = [...tabs.children].findIndex((tab) => tab.textContent === label);
  if (existing > 0) { tabs.children[existing].remove(); workspace.querySelectorAll(".tab-panel")[existing].remove(); }
  tabs.append(make("button", { type: "button", role: "tab", textContent: label }));
  workspace.append(panel);
  showTab(tabs.lastElementChild);
  if (module === "sozlesmeler") startContracts(panel.firstElementChild);
}

function showTab(chosen) {
  const panels = document.querySelectorAll(".tab-panel");
  [...chosen.parentElement.children].forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.onclick = () => showTab(tab);
    panels[index].hidden = tab !== chosen;
  });
}

function failed(failure) {
  if (failure.notice === "session_over" || failure.notice === "maintenance") return showNotice(failure.notice);
  box("HATA", failure.notice === "connection" ? "Sunucu ile bağlantı kurulamadı." : "Beklenmeyen bir hata oluştu. Hata kodu: 500", ["OK"]);
}

function box(title, text, labels) {
  return new Promise((answer) => {
    const buttons = labels.map((label) => make("button", { type: "button", textContent: label, onclick: () => { shade.remove(); answer(label); } }));
    const shade = make("div", { className: "shade" },
      make("div", { className: "box", role: "alertdialog", "aria-modal": "true", "aria-label": title },
        make("h3", { textContent: title }), make("p", { textContent: text }), make("div", { className: "buttons" }, ...buttons)));
    document.body.append(shade);
    buttons[0].focus();
  });
}

function startContracts(section) {
  let window_ = null;
  const keys = [...section.querySelectorAll("th")].map((header) => header.dataset.key);
  const input = section.querySelector(".pager input");
  const contracts = openContracts({
    failed, box,
    mask: (on) => { section.querySelector(".mask").hidden = !on; },
    enable: (need, on) => section.querySelectorAll(`[data-needs=${need}]`).forEach((button) => { button.disabled = !on; }),
    rows(rows, select) {
      section.querySelector("tbody").replaceChildren(...rows.map((row) => make("tr", {
        "aria-selected": "false",
        onclick(event) {
          section.querySelectorAll("tbody tr").forEach((other) => other.setAttribute("aria-selected", String(other === event.currentTarget)));
          select(row);
        },
      }, ...keys.map((key) => make("td", { textContent: row[key] })))));
    },
    pager(data) {
      input.value = data.page;
      section.querySelector(".pages").textContent = `Toplam ${data.pages}, Kayıtlar ${data.first} - ${data.last}`;
      section.querySelectorAll("[data-go=first],[data-go=previous]").forEach((button) => { button.disabled = data.page === 1; });
      section.querySelectorAll("[data-go=next],[data-go=last]").forEach((button) => { button.disabled = data.page === data.pages; });
    },
    openForm(fields, actions) {
      const rows = fields.map(([label, value], index) => make("div", { className: "form-row" },
        make("label", { htmlFor: "alan" + index, textContent: label }), make("input", { id: "alan" + index, value, readOnly: true })));
      const note = make("textarea", { id: "aciklama", rows: 3 });
      const consent = make("input", { type: "checkbox", id: "izin" });
      const save = () => actions.save({ note: note.value, auto_update: consent.checked });
      const tool = (textContent, onclick) => make("button", { type: "button", textContent, onclick });
      window_ = make("div", { className: "shade" }, make("div", { className: "window", role: "dialog", "aria-modal": "true", "aria-label": "SÖZLEŞME ONAY" },
        make("h2", { textContent: "SÖZLEŞME ONAY" }),
        make("div", { className: "toolbar", role: "toolbar" }, tool("Kayıt", save), tool("İptal", actions.close), tool("Kapat", actions.close)),
        make("form", { onsubmit: (event) => event.preventDefault() }, ...rows,
          make("div", { className: "form-row" }, make("label", { htmlFor: "aciklama", textContent: "Açıklama" }), note),
          make("div", { className: "form-row" }, consent, make("label", { htmlFor: "izin", className: "wide", textContent: "Otomatik Güncelleme Onay İzni" })))));
      document.body.append(window_);
    },
    closeForm: () => window_.remove(),
    download: (address) => { location.href = address; },
    print: (address) => { location.href = address; },
  });
  section.querySelectorAll("[data-action]").forEach((button) => { button.onclick = () => contracts.press(button.dataset.action); });
  section.querySelectorAll("[data-go]").forEach((button) => { button.onclick = () => contracts.go(button.dataset.go); });
  input.onkeydown = (event) => { if (event.key === "Enter") contracts.go(input.value); };
}
