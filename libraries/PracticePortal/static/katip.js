// What the contracts module does (5.8 to 5.10). How it looks and which elements it is made of is the skin's matter:
// each skin calls openContracts with a view {rows, pager, enable, mask, openForm, closeForm, box, failed, download, print}.

class Failure extends Error {
  constructor(notice) { super(notice); this.notice = notice; }
}

async function ask(address, body) {
  let response;
  try {
    response = await fetch(address, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch { throw new Failure("connection"); }
  if (address.startsWith("/api/")) {
    const answer = await response.json();
    if (!response.ok) throw new Failure(answer.notice || "error");
    return answer;
  }
  if (!response.ok) throw new Failure({ 401: "session_over", 503: "maintenance" }[response.status] || "error");
  return response.text();
}

function showNotice(notice) { window.top.location.href = "/Bilgi.aspx/" + notice; }

function openContracts(view) {
  let selected = null, page = 1, pages = 1;

  async function masked(work) {
    view.mask(true);
    try { return await work(); } catch (failure) { view.failed(failure); } finally { view.mask(false); }
  }

  async function load(reload) {
    const data = await masked(() => ask(`/api/sozlesmeler?sayfa=${page}${reload ? "&yenile=1" : ""}`));
    if (!data) return;
    ({ page, pages } = data);
    select(null);
    view.rows(data.rows, select);
    view.pager(data);
  }

  function select(row) {
    selected = row;
    view.enable("row", row !== null);
    view.enable("pending", row !== null && row.status === "Onay Bekliyor");
  }

  async function openForm() {
    const form = await masked(() => ask("/api/sozlesme/" + selected.row));
    if (!form) return;
    view.openForm(form.fields, {
      save: (entered) => save(form.row, entered),
      close: () => { view.closeForm(); ask(`/api/sozlesme/${form.row}/kapat`, {}).catch(() => {}); },
    });
  }

  async function save(row, entered) {
    const answer = await masked(() => ask(`/api/sozlesme/${row}/onay`, entered));
    if (!answer) return;
    if (answer.question) {
      const yes = answer.native ? confirm(answer.question) : await view.box("ONAY", answer.question, ["Evet", "Hayır"]) === "Evet";
      if (yes) await save(row, { ...entered, confirmed: true });
      return;
    }
    if (answer.native) alert(answer.text); else await view.box("BİLGİ", answer.text, ["OK"]);
    if (!answer.accepted) return;
    view.closeForm();
    await load(true);
  }

  async function act(action, confirmed) {
    const answer = await masked(() => ask("/api/islem/" + action, { row: selected && selected.row, confirmed }));
    if (!answer) return;
    if (answer.question) {
      if (await view.box("ONAY", answer.question, ["Evet", "Hayır"]) === "Evet") await act(action, true);
      return;
    }
    await view.box("BİLGİ", answer.text, ["OK"]);
    if (confirmed) await load(true);
  }

  const tools = {
    onayla: openForm,
    tazele: () => load(true),
    export: () => view.download("/api/export"),
    yazdir: () => view.print(`/api/sozlesme/${selected.row}/yazdir`),
    "detay-yazdir": () => view.print(`/api/sozlesme/${selected.row}/yazdir`),
  };
  const targets = { first: () => 1, previous: () => page - 1, next: () => page + 1, last: () => pages };

  load(true);
  return {
    press: (action) => (tools[action] || (() => act(action, false)))(),
    go: (where) => { page = Math.min(Math.max(targets[where] ? targets[where]() : Number(where) || page, 1), pages); load(false); },
  };
}
