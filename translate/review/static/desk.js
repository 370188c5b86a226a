// What every page of the workbench shares: its words, its questions to the desk, the person, the alarm.

export const desk = JSON.parse(document.getElementById("desk").textContent);

/** Say a text in the language of the reader; {names} in it are filled in. */
export function _(text, values = {}) {
  return (desk.words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const byId = (id) => document.getElementById(id);

/** The name of this tab, by which the desk tells it from the person's other ones. */
const page = sessionStorage.getItem("page") ?? [...crypto.getRandomValues(new Uint8Array(12))].join("-");
sessionStorage.setItem("page", page);

const person = byId("person");
person.value = kept("person") || person.value;
person.addEventListener("change", () => keep("person", person.value));

byId("interface").addEventListener("change", (event) => {
  document.cookie = `interface=${event.target.value}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
});

/** An answer that the desk refused, with the sentence that mends it. */
export class Refused extends Error {
  constructor({ problem, remedy }) {
    super(problem);
    this.remedy = remedy;
  }
}

/** No answer at all. */
export class Silent extends Error {}

/** Ask the desk; with a body, tell it something. */
export async function ask(path, body) {
  const headers = { "x-desk-person": encodeURIComponent(person.value), "x-desk-page": page };
  const options = body === undefined ? { headers } : {
    method: "POST", body: JSON.stringify(body),
    headers: { ...headers, "content-type": "application/json", "x-desk-request": desk.proof },
  };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Silent();
  }
  if (answer.status >= 500) throw new Silent();
  if (answer.status === 400) throw new Refused(await answer.json());
  if (!answer.ok) throw new Refused({ problem: await answer.text(), remedy: "" });
  return answer.json();
}

/** The address of a verb about the story of this page. */
export function about(verb, values) {
  const path = desk.document.split("/").map(encodeURIComponent).join("/");
  const query = values ? `?${new URLSearchParams(values)}` : "";
  return `/api/${verb}/${encodeURIComponent(desk.language)}/${path}${query}`;
}

/** Show what is wrong until it is right again (nothing). */
export function alarm(text, action) {
  const place = byId("alarm");
  if (place.dataset.text === (text ?? "")) return;
  place.dataset.text = text ?? "";
  place.hidden = !text;
  place.textContent = text ?? "";
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action.name;
    button.addEventListener("click", action.act);
    place.append(" ", button);
  }
}

/** Say something in passing. */
export function say(text) {
  byId("said").textContent = text;
}

export function kept(name) {
  try {
    return localStorage.getItem(`desk:${name}`);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(`desk:${name}`);
    else localStorage.setItem(`desk:${name}`, value);
  } catch {
    // A browser that keeps nothing still works; only what was not saved is lost with the page.
  }
}
