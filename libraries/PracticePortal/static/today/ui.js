// Elements, windows and messages of the single-page application.

const settings = JSON.parse(document.querySelector("#settings").textContent);
export const look = settings.look, tabs = Object.fromEntries(settings.tabs);
const layers = document.querySelector("#layers");

// Other words for a text of the pages, where the look names some.
export const word = (text) => (typeof text === "string" && look.words[text.trim()]) || text;

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, given] of Object.entries(attributes)) {
    const value = ["title", "ariaLabel", "placeholder"].includes(name) ? word(given) : given;
    if (name in element) element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children.map(word));
  return element;
}

export function button(label, act, kind = "") {
  return make("button", { type: "button", className: `btn ${kind}`, onclick: act }, make("span", {}, label));
}

// A window over the page; gives the label that was pressed.
// With words of a check box the first button is enabled once it is ticked.
export function ask(title, text, labels, boxed = "") {
  return new Promise((answer) => {
    const close = (label) => { shade.remove(); answer(label); };
    const buttons = labels.map((label, index) => button(label, () => close(label), index ? "" : "primary"));
    const tick = make("input", { type: "checkbox", onchange: () => { buttons[0].disabled = !tick.checked; } });
    buttons[0].disabled = Boolean(boxed);
    const shade = make("div", { className: "shade" }, make("div", { className: "modal", role: "dialog", "aria-modal": "true" },
      make("h3", {}, title), make("p", {}, text), ...(boxed ? [make("label", {}, tick, " ", make("span", {}, boxed))] : []), make("div", { className: "modal-foot" }, ...buttons)));
    layers.append(shade);
  });
}

// A message that goes by itself.
export function toast(text, kind = "success") {
  const note = make("div", { className: `toast ${kind}`, role: "status" }, make("i", { "aria-hidden": "true" }, kind === "error" ? "✕" : "✓"), text);
  layers.append(note);
  setTimeout(() => note.remove(), 4000);
}

// A panel in the middle ("dialog") or at the right edge ("drawer").
export function panel(kind, title, ...children) {
  const shade = make("div", { className: "shade" }, make("section", { className: kind, role: "dialog", "aria-label": title },
    make("header", {}, make("h2", {}, title)), ...children));
  layers.append(shade);
  return shade;
}

export function menu(anchor, entries) {
  document.querySelector(".dropdown")?.remove();
  const place = anchor.getBoundingClientRect();
  const list = make("ul", { className: "dropdown", role: "menu" }, ...entries.map(([label, act]) =>
    make("li", { role: "menuitem", onclick: () => { list.remove(); act(); } }, label)));
  list.style.top = `${place.bottom + scrollY}px`;
  list.style.left = `${Math.max(4, Math.min(place.left, innerWidth - 230))}px`;
  layers.append(list);
  setTimeout(() => addEventListener("click", () => list.remove(), { once: true }));
}

export function busy(on) {
  document.querySelector(".spin")?.remove();
  if (on) layers.append(make("div", { className: "spin", role: "progressbar", "aria-label": "Yükleniyor" }));
}
