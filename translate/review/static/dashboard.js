// The dashboard: begin a run or publish, watch it, find a story.

import { _, alarm, ask, byId, desk, element, names, tell } from "./desk.js";

let began = false;
// Only the newest question counts: an older answer may come late, and tell of the work before.
let asked = 0;

async function begin(verb) {
  alarm("refused", null);
  try {
    show(await ask(`/api/${verb}`, {}));
    began = true;
    watch();
  } catch (error) {
    tell(error);
  }
}

async function watch() {
  const mine = ++asked;
  let job;
  try {
    job = await ask("/api/work");
    if (mine !== asked) return;
    alarm("silent", null);
  } catch (error) {
    if (mine !== asked) return;
    tell(error);
    setTimeout(watch, 2000);
    return;
  }
  show(job);
  if (job.running) {
    setTimeout(watch, 300);
  } else if (began) {
    began = false;
    outcome(job);
  }
}

function show(job) {
  byId("job").hidden = byId("stop").hidden = !job.running;
  byId("run").disabled = byId("publish").disabled = job.running;
  byId("what").textContent = job.every ? `${job.what}: ${job.done} / ${job.every}` : job.what;
  const progress = byId("progress");
  if (job.every) {
    progress.max = job.every;
    progress.value = job.done;
  } else progress.removeAttribute("value");
  began ||= job.running;
}

function outcome(job) {
  const lines = [];
  if (job.error) lines.push(`${job.error} ${job.remedy}`);
  const made = job.result;
  if ("drafted" in made) lines.push(`${_("done")}: ${made.drafted}`);
  for (const [document_, language, what] of made.published ?? []) lines.push(`${document_} (${language}): ${_(what)}`);
  for (const [document_, language, number, why, text] of made.closed ?? []) {
    lines.push(`${document_} (${language}): ${_("{number} closed", { number })}: ${why}: ${text}`);
  }
  lines.push(...(made.refused ?? []));
  if (!lines.length) lines.push(_("nothing was new"));
  const list = document.createElement("ul");
  list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  byId("outcome").replaceChildren(list);
  refresh();
}

/** Bring the table up to what the run did, without losing what it said. */
async function refresh() {
  const answer = await fetch("/");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("tbody");
  document.querySelector("tbody").replaceWith(fresh);
  find();
}

function find() {
  const wanted = byId("find").value.toLowerCase();
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}

/** Name the stories for which this browser keeps words that were not saved. */
function unsaved() {
  const every = ["outbox", "writing", "comment"].flatMap((kind) => names(`${kind}:${desk.home}:`));
  const places = [...new Set(every.map((name) => name.split(":").slice(2, 4).join("/")))];
  if (!places.length) return;
  byId("outcome").append(element("p", _("Words that were not saved wait in this browser for:")), ...places.map((place) => {
    const line = element("p");
    line.append(element("a", decodeURIComponent(place), { href: `/story/${place}` }));
    return line;
  }));
}

byId("run").addEventListener("click", () => begin("run"));
byId("publish").addEventListener("click", () => begin("publish"));
byId("stop").addEventListener("click", () => ask("/api/stop", {}).catch(tell));
byId("find").addEventListener("input", find);
unsaved();
watch();
