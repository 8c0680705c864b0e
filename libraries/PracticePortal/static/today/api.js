// Requests to the server. The session's token lives in this tab only.

export class Failure extends Error {
  constructor(notice) { super(notice); this.notice = notice; }
}

export async function request(address, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem("token") || ""}` };
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/api/${address}`, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  } catch { throw new Failure("connection"); }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failure(answer.notice || "error");
  return answer;
}

export async function download(address) {
  const response = await fetch(`/api/${address}`, { headers: { Authorization: `Bearer ${sessionStorage.getItem("token")}` } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = "sozlesmeler.xlsx";
  link.click();
}
