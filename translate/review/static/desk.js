// What every page of the workbench shares: its words, its questions to the desk, the person, the alarm.

export const desk = JSON.parse(document.getElementById("desk").textContent);

/** Say a text in the language of the reader; {names} in it are filled in. */
export function _(text, values = {}) {
  return (desk.words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const byId = (id) => document.getElementById(id);

// What the browser does not want to keep is kept as long as the page is open.
const memory = new Map();

/** The name of this tab, by which the desk tells it from the person's other ones. */
export const page = tab();

function tab() {
  const fresh = [...crypto.getRandomValues(new Uint8Array(12))].join("-");
  try {
    const known = sessionStorage.getItem("page") ?? fresh;
    sessionStorage.setItem("page", known);
    return known;
  } catch {
    return fresh;
  }
}

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

/** No answer at all, or one that says what trouble the desk is in: the same may be asked again. */
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
  if (answer.ok) return answer.json();
  const { problem, remedy } = await reason(answer);
  if (answer.status === 400 || answer.status === 413) throw new Refused({ problem, remedy });
  throw new Silent(`${problem} ${remedy}`.trim());
}

async function reason(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return { problem: answer.status < 500 ? text : "", remedy: "" };
  }
}

/** The address of a verb about the story of this page. */
export function about(verb, values) {
  const path = desk.document.split("/").map(encodeURIComponent).join("/");
  const query = values ? `?${new URLSearchParams(values)}` : "";
  return `/api/${verb}/${encodeURIComponent(desk.language)}/${path}${query}`;
}

const alarms = new Map();

/** Show something that is wrong, by its kind, until it is right again (no text). */
export function alarm(kind, text, action) {
  if (alarms.get(kind)?.dataset.text === text) return;
  alarms.get(kind)?.remove();
  alarms.delete(kind);
  const place = byId("alarm");
  if (text) {
    const line = document.createElement("span");
    line.dataset.text = line.textContent = text;
    alarms.set(kind, line);
    if (action) line.append(" ", button(action.name, action.act));
    place.append(line);
  }
  place.hidden = alarms.size === 0;
}

/** Show why something was not done. */
export function tell(error) {
  if (error instanceof Refused) alarm("refused", `${error.message} ${error.remedy}`);
  else if (error instanceof Silent) {
    alarm("silent", error.message
      || _("The desk does not answer. Your words are kept in this browser and will be saved when it does."));
  } else throw error;
}

export function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

export function button(text, act) {
  const made = element("button", text, { type: "button" });
  made.addEventListener("click", act);
  return made;
}

/** Say something in passing. */
export function say(text) {
  byId("said").textContent = text;
}

/** What was kept under a name; null where nothing was. */
export function kept(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return localStorage.getItem(`desk:${name}`);
  } catch {
    return null;
  }
}

/** Keep a text under a name; null keeps nothing any more. */
export function keep(name, value) {
  memory.delete(name);
  try {
    if (value === null) localStorage.removeItem(`desk:${name}`);
    else localStorage.setItem(`desk:${name}`, value);
  } catch {
    if (value !== null) memory.set(name, value);
  }
}

/** The names that begin so under which something is kept, in their order. */
export function names(start) {
  let stored = [];
  try {
    stored = Object.keys(localStorage).filter((name) => name.startsWith("desk:")).map((name) => name.slice(5));
  } catch {
    // Then there are only those of this page.
  }
  return [...new Set([...stored, ...memory.keys()])].filter((name) => name.startsWith(start)).sort();
}
