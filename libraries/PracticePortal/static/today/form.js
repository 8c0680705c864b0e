// The approval of one row: information, form, question, answer. Gives how the list goes on: "reload", "local", "page", or nothing.

import { request } from "./api.js";
import { ask, busy, button, look, make, panel, toast } from "./ui.js";

let shownBefore = null;

export async function approveRow(row, failed) {
  if (look.form === "none") return send(row, {}, failed);
  if (look.information === "yes" && !(await inform())) return "";
  let form;
  busy(true);
  try { form = await request(`sozlesme/${row}`); } catch (failure) { failed(failure); return ""; } finally { busy(false); }
  return new Promise((done) => openForm(form, failed, done));
}

// What "Detay" opens: the approval's form, or its fields alone.
export async function showRow(row, failed) {
  let form;
  busy(true);
  try { form = await request(`sozlesme/${row}`); } catch (failure) { failed(failure); return; } finally { busy(false); }
  openForm(form, failed, () => {}, look.detail === "fields");
}

function inform() {
  return new Promise((answer) => {
    const read = make("input", { type: "checkbox", id: "information-read" });
    const next = button("İleri", () => { shade.remove(); answer(true); }, "primary");
    next.disabled = true;
    read.onchange = () => { next.disabled = !read.checked; };
    const shade = panel("dialog", "Bilgilendirme Sayfası", make("p", {}, "Onaylayacağınız sözleşmenin bilgilerini kontrol ediniz."),
      make("div", { className: "line" }, read, make("label", { htmlFor: "information-read" }, "Okudum ve onaylıyorum")),
      make("footer", {}, next, button("Vazgeç", () => { shade.remove(); answer(false); })));
  });
}

function openForm(form, failed, done, fieldsOnly = false) {
  const values = make("dl", {});
  const fill = (fields) => values.replaceChildren(...fields.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]));
  fill(look.stale_form && shownBefore ? shownBefore : form.fields);
  if (look.stale_form) setTimeout(() => fill(form.fields), look.stale_form);
  shownBefore = form.fields;

  const consent = make("span", { className: "switch", role: "switch", tabIndex: 0, "aria-checked": String(look.consent === "on"), "aria-label": "Otomatik Güncelleme Onay İzni" });
  consent.onclick = () => consent.setAttribute("aria-checked", String(consent.getAttribute("aria-checked") !== "true"));
  const read = make("input", { type: "checkbox", id: "form-read" });
  const save = button("Onayla", async () => {
    const way = await send(form.row, { auto_update: consent.getAttribute("aria-checked") === "true" }, failed);
    if (way) { close(); done(way); }
  }, "primary");
  save.disabled = look.read_box === "yes";
  read.onchange = () => { save.disabled = !read.checked; };
  const leave = button("Vazgeç", () => { close(); request(`sozlesme/${form.row}/kapat`, {}).catch(() => {}); done(""); });
  const reading = look.read_box === "yes" ? [make("div", { className: "line" }, read, make("label", { htmlFor: "form-read" }, "Okudum, onaylıyorum"))] : [];
  const parts = fieldsOnly ? [values, make("footer", {}, leave)] : [values, ...reading, make("div", { className: "line" }, consent, make("span", {}, "Otomatik Güncelleme Onay İzni")), make("footer", {}, save, leave)];

  let close;
  if (look.form === "page") {
    const main = document.querySelector("main.content");
    const rest = [...main.children];
    main.replaceChildren(make("section", { className: "form-page" }, make("h2", {}, "Sözleşme Onayı"), ...parts));
    close = () => main.replaceChildren(...rest);
  } else {
    const shade = panel(look.form, "Sözleşme Onayı", ...parts);
    close = () => shade.remove();
  }
}

async function send(row, entered, failed) {
  const boxed = look.question === "box" ? "Sözleşmeyi okudum" : "";
  if (look.question !== "no" && await ask("Onay", "Sözleşmeyi onaylamak istediğinizden emin misiniz?", ["Evet", "Hayır"], boxed) !== "Evet") return "";
  let answer;
  busy(true);
  try { answer = await request(`sozlesme/${row}/onay`, entered); } catch (failure) { failed(failure); return ""; } finally { busy(false); }
  if (answer.question) {
    const yes = answer.native ? confirm(answer.question) : await ask("Onay", answer.question, ["Evet", "Hayır"]) === "Evet";
    return yes ? send(row, { ...entered, confirmed: true }, failed) : "";
  }
  if (answer.native) alert(answer.text);
  else await tell(answer);
  return answer.accepted ? look.after : "";
}

async function tell(answer) {
  const text = answer.accepted ? "İşleminiz başarıyla gerçekleştirilmiştir." : answer.text;
  if (look.answer === "window") await ask("Bilgi", text, ["Tamam"]);
  if (look.answer === "toast") toast(text, answer.accepted ? "success" : "error");
  if (look.answer === "red") toast(text, "error");
}
