// The segment that is open: its words in the field, kept in this browser key by key, and what the checks say of them.

import { _, about, ask, byId, say, tell } from "./desk.js";
import { grow, show, withoutCodes, words } from "./field.js";
import { spell } from "./keys.js";
import { commenting, keepCommenting, keepWriting, outbox, writing } from "./kept.js";
import { following, here, mark, row } from "./rows.js";
import { doubt } from "./doubts.js";
import { contradict } from "./decisions.js";
import { locked, place } from "./changes.js";

const SETTLED = 150;
export let current = null;
let timer = 0;
export const fetched = new Map();
export const changed = () => current !== null && words.value !== current.text;

/** Let no segment be open: the next one is fetched anew, whichever it is. */
export function leave() {
  current = null;
}

/** Open a segment; the keys then go to its words, or stay in the list. */
export async function open(id, { to = "words" } = {}) {
  if (!row(id)) return;
  const other = current?.id !== id;
  if (other) {
    keepCurrent();
    current = null;
    mark(id);
  }
  if (to === "list") row(id).firstElementChild.focus();
  if (other) await load(id);
  if (here() !== id) return;
  if (to === "words" && !matchMedia("(pointer: coarse)").matches) words.focus();
  prefetch(id);
}

/** Fetch what helps with a segment and show it, unless another one was opened meanwhile. */
export async function load(id) {
  // What is typed before its segment is there would be lost.
  words.readOnly = true;
  try {
    const told = await (fetched.get(id) ?? ask(about("segment", { id })));
    fetched.delete(id);
    if (here() === id) fill(told);
  } catch (error) {
    fetched.delete(id);
    if (current === null && here() === id) {
      // The next time the desk answers, it is asked again; until then nothing can be written here.
      words.value = "";
      show([]);
    } else locked();
    tell(error);
  }
}

function fill(told) {
  const focused = document.activeElement?.id === "comment";
  current = { ...told };
  byId("facts").textContent = [
    told.roles.map((role) => _(role)).join(", "), _("line {number}", { number: told.line }), _(told.state),
    told.state === "draft" ? _("confidence {number} %", { number: Math.round(100 * told.confidence) }) : "",
    told.package,
  ].filter(Boolean).join(" · ");
  byId("read").innerHTML = told.read;
  byId("aids").innerHTML = told.aids;
  spell(byId("aids"));
  fillComment(told.id, focused);
  byId("conflict").hidden = byId("cutting").hidden = true;
  // What is on its way to the desk is not in the catalog yet.
  const pending = outbox().findLast((one) => one.id === told.id && one.text !== null) ?? null;
  const mine = writing(told.id) ?? pending;
  const back = mine !== null && mine.text !== told.text;
  words.value = back ? mine.text : told.text;
  if (back) {
    show([["", words.value]]);
    if (mine !== pending) say(_("Words that were not saved are back."));
    if (mine.base && mine.base !== told.base) current.base = mine.base;
    if (mine.base && mine.base !== told.base && !pending) contradict(told, mine);
    doubt({ doubts: [] });
    settle();
  } else {
    keepWords(null);
    show(told.runs);
    doubt(told);
  }
  type();
  locked();
}

/** Give back a comment that was begun; the one that everybody sees is told from it. */
function fillComment(id, focused) {
  const field = byId("comment");
  current.note = field.value;
  const begun = commenting(id);
  if (begun !== null && begun !== field.value) {
    field.value = begun;
    byId("commenting").hidden = false;
  } else keepCommenting(id, null);
  if (focused) field.focus();
}

function prefetch(id) {
  const next = following(id, (one) => one.dataset.state !== "reviewed");
  if (next && !fetched.has(next)) {
    fetched.clear();
    const promise = ask(about("segment", { id: next }));
    promise.catch(() => fetched.delete(next));
    fetched.set(next, promise);
  }
}

export function keepCurrent() {
  if (current) keepWords(changed() ? words.value : null);
}

/** Keep words of the open segment in this browser; its row says that there are some. */
function keepWords(text) {
  keepWriting(current.id, text, current.base);
  row(current.id)?.toggleAttribute("data-unsaved", text !== null);
}

function type() {
  grow();
  const text = withoutCodes(words.value);
  for (const span of document.querySelectorAll(`#edition .s[data-id="${current.id}"]`)) {
    if (text.trim()) span.textContent = text;
  }
}

words.addEventListener("input", () => {
  if (!current) return;
  show([["", words.value]]);
  type();
  keepCurrent();
  settle();
});

byId("aids").addEventListener("input", ({ target }) => {
  if (target.id === "comment" && current) keepCommenting(current.id, target.value);
});

words.addEventListener("scroll", () => { byId("mirror").scrollTop = words.scrollTop; });
addEventListener("resize", grow);

/** Ask, once the person pauses, how the edition reads and what the checks say. */
export function settle() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const text = words.value;
    const { id } = current ?? {};
    if (!id) return;
    try {
      const told = await ask(about("preview"), { id, text });
      if (current?.id !== id || words.value !== text) return;
      place(told.blocks);
      doubt(told);
      show(told.runs);
    } catch (error) {
      tell(error);
    }
  }, SETTLED);
}
