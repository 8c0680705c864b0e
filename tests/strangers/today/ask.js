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
  return answer.json();
}
async function signOut() {
  await ask("/api/out", {});
  sessionStorage.clear();
  location.assign("/");
}
