// What every stranger's page asks its server; the token lives in this tab alone.
"use strict";
const arrived = new URLSearchParams(location.hash.slice(1)).get("bilet");
if (arrived) {
  sessionStorage.setItem("belirtec", arrived);
  history.replaceState(null, "", "/");
}
const signedIn = () => sessionStorage.getItem("belirtec") !== null;
async function ask(url, data) {
  const headers = { Authorization: "Bearer " + sessionStorage.getItem("belirtec"), "Content-Type": "application/json" };
  const answer = await fetch(url, data === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(data) });
  if (answer.status === 401) {
    sessionStorage.clear();
    location.reload();
    throw new Error("401");
  }
  const said = await answer.json();
  if (!answer.ok) {
    tell(said.message);
    throw new Error(said.message);
  }
  return said;
}
// A page may have a message of its own (`window.trouble`).
function tell(text) {
  if (window.trouble) return window.trouble(text);
  const note = Object.assign(document.createElement("div"), { textContent: text, role: "alert", style: "position:fixed;bottom:0;background:#fdd;padding:12px;z-index:9999" });
  document.body.append(note);
  setTimeout(() => note.remove(), 4000);
}
async function signOut() {
  await ask("/api/out", {});
  sessionStorage.clear();
  location.assign("/");
}
