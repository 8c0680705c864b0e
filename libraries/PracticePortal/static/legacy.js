// The legacy skin: divs and nested tables without roles. What was closed is only hidden, and stays in the document.

const randomId = () => "ext-gen" + Math.floor(Math.random() * 1e7);
let contracts = null;

function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  if (tag === "div" || tag === "table") element.id = randomId();
  element.append(...children);
  return element;
}

function tableButton(label, onclick) {
  const cell = (...children) => make("td", {}, ...children);
  const inner = make("table", {}, make("tbody", {}, make("tr", {}, cell(), cell(label))));
  return make("table", { className: "xbtn", onclick }, make("tbody", {}, make("tr", {}, cell(), cell(inner), cell())));
}

function toggle(item) {
  const list = item.nextElementSibling;
  list.style.display = list.style.display === "none" ? "" : "none";
}

async function openModule(module, label) {
  const tabs = document.querySelector(".tabs"), workspace = document.querySelector(".workspace");
  const panel = make("div", { className: "tab-panel" });
  try { panel.innerHTML = await ask("/Modul.aspx?m=" + module); } catch (failure) { return failed(failure); }
  for (const tab of tabs.children) if (tab.textContent === label) tab.style.display = "none";
  tabs.append(make("div", { textContent: label }));
  workspace.append(panel);
  showTab(tabs.lastElementChild);
  if (module === "sozlesmeler") startContracts(panel.querySelector(".contracts"));
}

function showTab(chosen) {
  const panels = document.querySelectorAll(".tab-panel");
  [...chosen.parentElement.children].forEach((tab, index) => {
    tab.className = tab === chosen ? "on" : "";
    tab.onclick = () => showTab(tab);
    panels[index].style.display = tab === chosen ? "" : "none";
  });
}

function failed(failure) {
  if (failure.notice !== "connection") showNotice(failure.notice); // a lost connection is not even mentioned
}

function box(title, text, labels) {
  return new Promise((answer) => {
    const close = (label) => { shade.style.display = "none"; answer(label); };
    const shade = make("div", { className: "shade" }, make("div", { className: "box" },
      make("h3", { textContent: title }), make("p", { textContent: text }),
      make("div", { className: "buttons" }, ...labels.map((label) => tableButton(label, () => close(label))))));
    document.body.append(shade);
  });
}

function press(button, action) { if (!button.classList.contains("dim")) contracts.press(action); }
function go(where) { contracts.go(where); }

function startContracts(root) {
  const columns = JSON.parse(root.dataset.columns);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const left = {};
  columns.reduce((sum, column) => { left[column.key] = sum; return sum + column.width; }, 0);
  const cells = (text) => [...columns].sort((a, b) => a.key.localeCompare(b.key)).map((column) => make("div", {
    className: "lg-cell", style: `left:${left[column.key]}px;width:${column.width}px`, textContent: text(column),
  }));
  const scroll = root.querySelector(".lg-scroll"), clip = root.querySelector(".lg-clip"), input = root.querySelector(".pager input");
  clip.firstElementChild.append(...cells((column) => column.label));
  scroll.onscroll = () => { clip.scrollLeft = scroll.scrollLeft; };
  let masks = [], form = null;
  contracts = openContracts({
    failed, box,
    mask(on) {
      if (on) { masks.push(make("div", { className: "mask", textContent: "Yükleniyor..." })); root.append(masks.at(-1)); }
      else masks.forEach((mask) => { mask.style.display = "none"; });
    },
    enable: (need, on) => root.querySelectorAll(`[data-needs=${need}]`).forEach((button) => button.classList.toggle("dim", !on)),
    rows(rows, select) {
      const lines = rows.map((row) => make("div", {
        className: "lg-row", style: `width:${width}px`,
        onclick(event) {
          lines.forEach((line) => { line.className = line === event.currentTarget ? "lg-row picked" : "lg-row"; });
          select(row);
        },
      }, ...cells((column) => row[column.key])));
      scroll.replaceChildren(...lines);
    },
    pager(data) {
      input.value = data.page;
      root.querySelector(".lg-pages").textContent = `Toplam ${data.pages}, Kayıtlar ${data.first} - ${data.last}`;
    },
    openForm(fields, actions) {
      const note = make("textarea", { id: randomId(), rows: 3 }), consent = make("input", { type: "checkbox", id: randomId() });
      const line = (label, field) => make("tr", {}, make("td", { textContent: label }), make("td", { textContent: ":" }), make("td", {}, field));
      form = make("div", { className: "shade" }, make("div", { className: "window" },
        make("h2", { textContent: "SÖZLEŞME ONAY" }),
        make("div", { className: "toolbar" },
          tableButton("Kayıt", () => actions.save({ note: note.value, auto_update: consent.checked })),
          tableButton("İptal", actions.close), tableButton("Kapat", actions.close)),
        make("table", { className: "lg-form" }, make("tbody", {},
          ...fields.map(([label, value]) => line(label, make("input", { id: randomId(), value, readOnly: true }))),
          line("Açıklama", note), line("Otomatik Güncelleme Onay İzni", consent)))));
      document.body.append(form);
    },
    closeForm: () => { form.style.display = "none"; },
    download: (address) => { location.href = address; },
    print: (address) => { window.open(address + "?goster=1"); },
  });
  input.onkeydown = (event) => { if (event.key === "Enter") go(input.value); };
}
