// The pages and the way between them.

import { Failure, request } from "./api.js";
import { showContracts } from "./list.js";
import { ask, busy, button, look, make, menu, toast } from "./ui.js";

const app = document.querySelector("#app");

export function go(route) { history.pushState(null, "", route); show(); }

async function show() {
  const route = location.pathname;
  const page = pages[route] || (sessionStorage.getItem("token") ? pages["/kurumsal"] : pages["/"]);
  try { busy(true); await page(); } catch (failure) { failed(failure); } finally { busy(false); }
}

export function failed(failure) {
  if (!(failure instanceof Failure)) throw failure;
  if (failure.notice === "session_over") return expired();
  const texts = {
    maintenance: "Sistemde bakım çalışması yapılmaktadır. Lütfen daha sonra deneyiniz.",
    connection: "Sunucu ile bağlantı kurulamadı.",
    too_many: "Çok fazla istek gönderdiniz. Lütfen biraz bekleyip tekrar deneyiniz.",
    bad_code: "Giriş kodu geçersiz veya daha önce kullanılmış.",
  };
  const text = texts[failure.notice] || "Beklenmeyen bir hata oluştu.";
  if (app.querySelector(".content")?.childElementCount) toast(text, "error");
  else app.replaceChildren(make("main", { className: "message" }, make("h2", {}, text)));
}

async function expired() {
  sessionStorage.removeItem("token");
  await ask("Oturum", "Oturum süreniz doldu. Lütfen yeniden giriş yapınız.", ["Giriş Yap"]);
  location.href = "/";
}

async function signOut() {
  try { await request("cikis", {}); } catch (failure) { return failed(failure); }
  sessionStorage.clear();
  history.pushState(null, "", "/");
  await show();
  toast("Oturumunuz kapatıldı.");
}

// --- the frame around every page ----------------------------------------------------------------------------------

function shell(name, ...content) {
  const person = make("button", { type: "button", className: "person", "aria-haspopup": "menu" }, `${name} ▾`);
  person.onclick = () => menu(person, [["Profilim", () => {}], ["Ayarlar", () => {}], ["Çıkış Yap", signOut]]);
  app.replaceChildren(
    make("header", { className: "top" }, make("div", { className: "brand" }, "İSG-KATİP"), person),
    make("div", { className: "body" }, ...content));
}

function sideMenu() {
  const entries = [["Hizmet Sözleşmeleri", () => go("/surec/hizmet-sozlesme-surec")], ["Stajyerler", () => {}], ["Yardımcı C Sözleşmeler", () => {}]];
  const list = make("ul", { className: "sub", hidden: true }, ...entries.map(([label, act]) => make("li", { onclick: act }, make("a", { tabIndex: 0 }, label))));
  const group = make("div", { className: "group", role: "button", tabIndex: 0, "aria-expanded": "false" }, "Süreç Yönetimi");
  group.onclick = () => { list.hidden = !list.hidden; group.setAttribute("aria-expanded", String(!list.hidden)); };
  return make("nav", { className: "side" },
    make("div", { className: "entry", role: "button", tabIndex: 0, onclick: () => go("/ana-sayfa") }, "Ana Sayfa"), group, list,
    make("div", { className: "entry", role: "button", tabIndex: 0, onclick: () => go("/kisi-kurum/kisi-karti/kisi-kartim") }, "Kişi Kartım"));
}

// --- the pages ----------------------------------------------------------------------------------------------------

function landing() {
  app.replaceChildren(
    make("header", { className: "top" }, make("div", { className: "brand" }, "İSG-KATİP"),
      make("a", { className: "btn primary", href: "/edevlet" }, "e-Devlet Giriş")),
    make("main", { className: "hero" }, make("h1", {}, "İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı"),
      make("p", {}, "Eğitim amaçlı deneme ortamıdır; gerçek İSG-KATİP değildir."),
      make("div", { className: "cards" }, ...["Belge Doğrulama", "Yetkili Kurumlar", "Duyurular"].map((title) => make("div", { className: "card" }, make("h3", {}, title))))));
  if (look.announcement === "yes" && !sessionStorage.getItem("cookies")) {
    const banner = make("div", { className: "cookies" }, make("p", {}, "Bu sitede çerezler kullanılmaktadır."),
      button("Kabul Et", () => { sessionStorage.setItem("cookies", "1"); banner.remove(); }));
    app.append(banner);
  }
}

async function arrive() {
  const code = new URLSearchParams(location.search).get("kod");
  const { token } = await request("oturum", { kod: code });
  sessionStorage.setItem("token", token);
  history.replaceState(null, "", "/kurumsal");
  await chooseRole();
}

async function chooseRole() {
  const { name } = await request("ana-menu");
  sessionStorage.setItem("name", name);
  shell(name, make("main", { className: "content roles" }, make("h2", {}, "Giriş türünü seçiniz"),
    make("div", { className: "cards" },
      make("div", { className: "card press", role: "button", tabIndex: 0, onclick: () => toast("Bireysel giriş deneme ortamında kapalıdır.", "error") }, make("h3", {}, "Bireysel")),
      make("div", { className: "card press", role: "button", tabIndex: 0, onclick: () => go("/kurum") }, make("h3", {}, "Kurumsal")))));
}

async function chooseWorkplace() {
  const { places } = await request("kurumlar");
  const choose = async (sgk) => {
    try { await request("kurum", { sgk }); } catch (failure) { return failed(failure); }
    go("/ana-sayfa");
  };
  const words = (place) => `${place.title} - SGK Sicil No: ${place.shown}`;
  const makers = {
    cards: () => make("div", { className: "cards" }, ...places.map((place) => make("div", { className: "card" }, make("h3", {}, place.title),
      make("p", {}, `SGK Sicil No: ${place.shown}`), button("Seç", () => choose(place.sgk), "primary")))),
    list: () => make("ul", { className: "firms" }, ...places.map((place) => make("li", { onclick: () => choose(place.sgk) }, make("a", { tabIndex: 0 }, words(place))))),
    select: () => {
      const field = make("select", { ariaLabel: "Firma" }, ...places.map((place) => make("option", { value: place.sgk }, words(place))));
      return make("div", {}, field, button("Devam Et", () => choose(field.value), "primary"));
    },
    search: () => {
      let chosen = null;
      const field = make("input", { placeholder: "Firma ara", ariaLabel: "Firma", role: "combobox" });
      const list = make("ul", { className: "options", role: "listbox" });
      const fill = () => {
        const wanted = field.value.toLocaleLowerCase("tr").replace(/[\s.]/g, "");
        list.replaceChildren(...places.filter((place) => wanted && words(place).toLocaleLowerCase("tr").replace(/[\s.]/g, "").includes(wanted)).map((place) =>
          make("li", { role: "option", onclick: () => { chosen = place.sgk; field.value = words(place); list.replaceChildren(); } }, words(place))));
      };
      field.oninput = fill;
      return make("div", { className: "search" }, field, list, button("Devam Et", () => chosen && choose(chosen), "primary"));
    },
  };
  shell(sessionStorage.getItem("name"), make("main", { className: "content" }, make("h2", {}, "Firma Seçimi"),
    make("p", {}, "İşlem yapmak istediğiniz firmayı SGK sicil numarasıyla seçiniz."), makers[look.workplace]()));
}

async function home() {
  const { title, sgk } = await request("anasayfa");
  shell(sessionStorage.getItem("name"), sideMenu(), make("main", { className: "content" }, make("h2", {}, "Ana Sayfa"),
    make("div", { className: "facts" }, make("p", {}, make("b", {}, "Hizmet Alan İşyeri: "), title), make("p", {}, make("b", {}, "SGK Sicil No: "), sgk)),
    button("Firma Değiştir", () => go("/kurum"))));
  if (look.announcement === "yes" && !sessionStorage.getItem("read")) {
    sessionStorage.setItem("read", "1");
    ask("Duyuru", "Hizmet sözleşmelerinin onay işlemleri bu ekrandan yapılmaktadır.", ["Kapat"]);
  }
}

async function contracts() {
  const main = make("main", { className: "content wide" });
  shell(sessionStorage.getItem("name"), sideMenu(), main);
  await showContracts(main, { failed, go });
}

async function noRight() {
  shell(sessionStorage.getItem("name"), sideMenu(), make("main", { className: "content" },
    make("h2", {}, "Başvuruya ait bir sonraki ekranda işlem yapma yetkiniz olmadığından süreç görüntülenememektedir."),
    button("Ana Sayfa", () => go("/ana-sayfa"), "primary")));
}

const pages = {
  "/": landing, "/giris": arrive, "/kurumsal": chooseRole, "/kurum": chooseWorkplace, "/ana-sayfa": home,
  "/surec/hizmet-sozlesme-surec": contracts, "/surec/akis": noRight, "/kisi-kurum/kisi-karti/kisi-kartim": home,
};
addEventListener("popstate", show);
show();
