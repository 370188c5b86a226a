// A story under review: its segments, the one that is open, and what the desk says meanwhile.

import { _, Refused, Silent, about, alarm, ask, byId, desk, say } from "./desk.js";
import { grow, insert, insertCode, replace, show, withoutCodes, words } from "./field.js";
import { keepOutbox, keepWriting, outbox, writing } from "./kept.js";

const rows = byId("rows");
const POLLED = 2000;
const SETTLED = 150;
let version = desk.version;
let current = null;
let order = [...rows.children].map((row) => row.dataset.id);
let timer = 0;
let sending = false;
let others = [];
const fetched = new Map();

const row = (id) => rows.querySelector(`li[data-id="${id}"]`);
const spans = (id) => document.querySelectorAll(`.page .s[data-id="${id}"]`);
const changed = () => current !== null && words.value !== current.text;

// ---- The segment that is open

async function open(id, { focus = true } = {}) {
  if (!row(id)) return;
  if (current?.id === id) {
    if (focus) words.focus();
    return;
  }
  keepCurrent();
  for (const here of document.querySelectorAll(".here")) here.classList.remove("here");
  current = null;
  const place = row(id);
  place.classList.add("here");
  for (const link of rows.querySelectorAll('a[tabindex="0"]')) link.tabIndex = -1;
  place.firstElementChild.tabIndex = 0;
  place.firstElementChild.setAttribute("aria-current", "true");
  place.scrollIntoView({ block: "nearest" });
  for (const span of spans(id)) span.classList.add("here");
  for (const name of ["source", "edition"]) {
    document.querySelector(`#${name} .s[data-id="${id}"]`)?.scrollIntoView({ block: "center" });
  }
  history.replaceState(null, "", `#${id}`);
  await load(id);
  if (focus && !matchMedia("(pointer: coarse)").matches) words.focus();
  prefetch(id);
}

/** Fetch what helps with a segment and show it, unless another one was opened meanwhile. */
async function load(id) {
  // What is typed before its segment is there would be lost.
  words.readOnly = true;
  try {
    const told = await (fetched.get(id) ?? ask(about("segment", { id })));
    fetched.delete(id);
    if (row(id)?.classList.contains("here")) fill(told);
  } catch (error) {
    tell(error);
  }
}

function fill(told) {
  current = told;
  byId("facts").textContent = [
    told.roles.map((role) => _(role)).join(", "), _("line {number}", { number: told.line }), _(told.state),
    told.state === "draft" ? _("confidence {number} %", { number: Math.round(100 * told.confidence) }) : "",
    told.package,
  ].filter(Boolean).join(" · ");
  byId("read").innerHTML = told.read;
  byId("aids").innerHTML = told.aids;
  byId("conflict").hidden = byId("cutting").hidden = true;
  const unsaved = writing(told.id);
  words.value = unsaved ? unsaved.text : told.text;
  if (unsaved && unsaved.text !== told.text) {
    if (unsaved.base) current.base = unsaved.base;
    say(_("Words that were not saved are back."));
    settle();
  } else {
    keepWriting(told.id, null);
    doubt(told);
  }
  show(unsaved ? [["", words.value]] : told.runs);
  type();
  locked();
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

function keepCurrent() {
  if (current) keepWriting(current.id, changed() ? words.value : null, current.base);
}

/** The next row after one, from the top again, that is shown and is wanted. */
function following(id, wanted) {
  const start = order.indexOf(id);
  for (let step = 1; step < order.length; step += 1) {
    const place = row(order[(start + step) % order.length]);
    if (place && !place.hidden && wanted(place)) return place.dataset.id;
  }
  return null;
}

function neighbour(step) {
  const shown = order.filter((id) => !row(id)?.hidden);
  const next = shown[shown.indexOf(current?.id ?? shown[0]) + step];
  if (next) open(next);
}

// ---- Typing

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
words.addEventListener("scroll", () => { byId("mirror").scrollTop = words.scrollTop; });
addEventListener("resize", grow);

/** Ask, once the person pauses, how the edition reads and what the checks say. */
function settle() {
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

function doubt({ doubts }) {
  byId("doubts").replaceChildren(...doubts.map((one) => {
    const line = element("p", "", { className: `doubt ${one.waived ? "waived" : one.severity}` });
    line.append(`${one.message} `, element("small", one.check));
    if (one.waived) line.append(" ", element("small", _("left as it is: {reason}", { reason: one.waived })));
    else {
      if (one.mend) line.append(" ", button(_("Put in"), () => replace(one.mend)));
      line.append(" ", waiver(one.check));
    }
    return line;
  }));
}

function waiver(check) {
  const details = element("details");
  const reason = element("input", "", { type: "text" });
  reason.setAttribute("aria-label", _("Leave it: why?"));
  const send = async () => {
    if (!reason.value.trim()) return reason.focus();
    const { id } = current;
    await decided(ask(about("waive"), { id, check, reason: reason.value }), _("saved"));
    load(id);
  };
  reason.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") send();
  });
  details.append(element("summary", _("Leave it: why?")), reason, " ", button(_("Keep"), send));
  return details;
}

// ---- Decisions

function decide(act) {
  if (!current) return;
  if (act === "accept" && !words.value.trim()) return words.focus();
  const { id, base } = current;
  const text = words.value;
  keepOutbox([...outbox(), { id, act, text, base }]);
  current.text = text;
  flush();
  if (act === "accept") onward(id);
}

/** Accept the whole paragraph as it stands, unless something in it was not looked at that must be. */
function passage() {
  const block = current && document.querySelector(`#source .s[data-id="${current.id}"]`)?.closest("[data-block]");
  if (!block) return;
  const { id } = current;
  keepCurrent();
  const every = [...new Set([...block.querySelectorAll(".s")].map((span) => span.dataset.id))];
  const waiting = every.filter((one) => one === id || row(one).dataset.state !== "reviewed");
  const first = waiting.find((one) => one !== id && !writing(one)
    && (row(one).dataset.worst === "error" || row(one).dataset.state !== "draft"));
  if (first) {
    open(first);
    say(_("Look at this one first."));
    return;
  }
  const decisions = waiting.map((one) => {
    if (one === id) return { id, act: "accept", text: words.value, base: current.base };
    return { id: one, act: "accept", text: null, base: row(one).dataset.base, ...writing(one) };
  });
  keepOutbox([...outbox(), ...decisions]);
  current.text = words.value;
  flush();
  onward(every.at(-1));
}

function onward(id) {
  const sent = new Set(outbox().map((one) => one.id));
  const next = following(id, (one) => one.dataset.state !== "reviewed" && !sent.has(one.dataset.id));
  if (next) open(next);
  else say(_("Everything is reviewed."));
}

/** Send what waits, one after the other; what the desk does not answer stays. */
async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let waiting = outbox(); waiting.length; waiting = outbox()) {
      const decision = waiting[0];
      const told = await ask(about("save"), decision);
      keepOutbox(outbox().slice(1));
      alarm(null);
      if (told.writer || "conflict" in told) await disagree(decision, told);
      else {
        keepWriting(decision.id, null);
        take(told);
        say(decision.act === "accept" ? _("accepted") : _("left as a draft"));
      }
    }
  } catch (error) {
    if (error instanceof Refused) {
      const [decision, ...rest] = outbox();
      keepOutbox(rest);
      await reopen(decision);
    }
    tell(error);
  } finally {
    sending = false;
  }
}

/** Go back to a segment whose words the desk did not take, with these words. */
async function reopen(decision) {
  if (current?.id === decision.id) current = null;
  if (decision.text !== null) keepWriting(decision.id, decision.text, decision.base);
  await open(decision.id);
}

/** Somebody else wrote there: show both, and let the person choose. */
async function disagree(decision, told) {
  await reopen(decision);
  if (told.writer) return locked();
  current.base = told.base;
  byId("theirs").textContent = told.conflict;
  const dialog = byId("conflict");
  dialog.hidden = false;
  byId("take-theirs").onclick = () => {
    keepWriting(decision.id, null);
    load(decision.id);
  };
  byId("keep-mine").onclick = () => {
    dialog.hidden = true;
    words.value = decision.text ?? words.value;
    decide(decision.act);
  };
  byId("take-theirs").focus();
}

async function decided(promise, said) {
  try {
    const told = await promise;
    take(told);
    say(said);
    return told;
  } catch (error) {
    tell(error);
    return null;
  }
}

async function undo() {
  await flush();
  const told = await decided(ask(about("undo"), {}), _("taken back"));
  if (told?.nothing) say(_("nothing to take back"));
  if (told?.id) {
    keepWriting(told.id, null);
    current = null;
    fetched.clear();
    open(told.id);
  }
}

async function again() {
  if (!current) return;
  const { id } = current;
  const [beam, pack] = [byId("beam")?.value ?? 5, byId("package")?.value ?? ""];
  byId("alternatives").textContent = "…";
  try {
    const told = await ask(about("alternatives"), { id, beam: Number(beam), package: pack });
    if (current?.id === id) byId("alternatives").innerHTML = told.html;
  } catch (error) {
    byId("alternatives").textContent = "";
    tell(error);
  }
}

async function takeAlternative(number) {
  const find = () => byId("aids").querySelector(`[data-alternative="${number}"]`);
  if (!find()) await again();
  if (find()) replace(find().dataset.words);
  else say(_("no alternative"));
}

async function everywhere() {
  await flush();
  const told = await decided(ask(about("everywhere"), { id: current.id }), _("done"));
  if (told?.used) say(_("used in {number} places", { number: told.used.length }));
}

async function comment() {
  byId("commenting").hidden = false;
  byId("comment").focus();
}

async function keepComment() {
  await decided(ask(about("comment"), { id: current.id, words: byId("comment").value }), _("comment kept"));
  words.focus();
}

/** Join the segment with the next one, or cut it: the story is then another one, and the page is loaded again. */
async function recut(verb, values) {
  await flush();
  keepCurrent();
  try {
    const told = await ask(about(verb), { id: current.id, ...values });
    keepWriting(current.id, null);
    current = null;
    history.replaceState(null, "", `#${told.ids[0]}`);
    location.reload();
  } catch (error) {
    tell(error);
  }
}

/** Offer the words before which the source can be cut. */
function offerCuts() {
  if (!current) return;
  const { source } = current;
  const starts = [...source.matchAll(/\s+(?=\S)/g)].map((match) => match.index + match[0].length);
  byId("cuts").replaceChildren(...[0, ...starts].flatMap((start, at) => {
    const word = source.slice(start, starts[at] ?? source.length).trim();
    const shown = withoutCodes(word);
    if (start === 0) return [shown, " "];
    return [button(shown, () => recut("split", { at: start })), " "];
  }));
  byId("cutting").hidden = false;
  byId("cuts").querySelector("button")?.focus();
}

const acts = {
  join: () => recut("join", {}),
  split: offerCuts,
  accept: () => decide("accept"),
  draft: () => decide("draft"),
  doubtful: () => {
    const next = following(current?.id, (one) => "doubtful" in one.dataset);
    if (next) open(next);
    else say(_("no segment that is doubtful is left"));
  },
  code: () => insertCode(current?.codes ?? []) || say(_("no code is missing")),
  copy: () => replace(current?.source ?? ""),
  undo, again, comment, everywhere, passage,
  "keep-comment": keepComment,
};

// ---- What the desk says

/** Take rows, texts and blocks that were made anew. */
function take(told) {
  for (const [id, html] of Object.entries(told.rows ?? {})) {
    const old = row(id);
    if (!old) continue;
    const holder = document.createElement("ol");
    holder.innerHTML = html;
    const fresh = holder.firstElementChild;
    const here = old.classList.contains("here");
    fresh.classList.toggle("here", here);
    fresh.hidden = old.hidden;
    const focused = old.contains(document.activeElement);
    if (here) {
      fresh.firstElementChild.tabIndex = 0;
      fresh.firstElementChild.setAttribute("aria-current", "true");
    }
    old.replaceWith(fresh);
    if (focused) fresh.firstElementChild.focus();
    fetched.delete(id);
  }
  place(told.blocks ?? {});
  const mine = current && told.texts?.[current.id];
  if (mine && mine.base !== current.base) {
    if (!changed()) {
      load(current.id);
    }
  }
  count();
}

/** Put blocks of the edition in the place of those that are there. */
function place(blocks) {
  for (const [number, html] of Object.entries(blocks)) {
    const block = document.querySelector(`#edition [data-block="${number}"]`);
    if (!block) continue;
    block.innerHTML = html;
    for (const span of current ? block.querySelectorAll(`.s[data-id="${current.id}"]`) : []) span.classList.add("here");
  }
}

function count() {
  const done = rows.querySelectorAll('li[data-state="reviewed"]').length;
  byId("progress").value = done;
  byId("counted").textContent = _("{done} of {every} reviewed", { done, every: rows.children.length });
}

async function poll() {
  try {
    const told = await ask(about("changes", { since: version, id: current?.id ?? "", writing: changed() ? "1" : "" }));
    version = told.version;
    alarm(null);
    if (told.whole) {
      alarm(_("The story has changed: load the page again."), { name: _("Load again"), act: () => location.reload() });
    }
    others = told.others;
    const names = [...new Set(others.map((one) => one.person))].join(", ");
    byId("others").textContent = names ? _("also here: {names}", { names }) : "";
    for (const one of rows.querySelectorAll("[data-other]")) delete one.dataset.other;
    for (const one of others) if (row(one.id)) row(one.id).dataset.other = one.person;
    take(told);
    locked();
    if (outbox().length) flush();
  } catch (error) {
    tell(error);
  }
  setTimeout(poll, document.hidden ? 2 * POLLED : POLLED);
}

/** While somebody else writes in this segment, nothing is written here unless the person wants to. */
function locked() {
  const writer = others.find((one) => current && one.id === current.id && one.writing);
  const mine = words.dataset.mine === current?.id;
  words.readOnly = Boolean(writer) && !mine && !changed();
  let note = byId("locked");
  if (!words.readOnly) return note?.remove();
  if (note) return;
  note = element("p", `${_("{name} is writing here", { name: writer.person })} `, { id: "locked", className: "doubt warning" });
  note.append(button(_("Write here all the same"), () => {
    words.dataset.mine = current.id;
    locked();
    words.focus();
  }));
  byId("conflict").before(note);
}

function tell(error) {
  if (error instanceof Silent) {
    alarm(_("The desk does not answer. Your words are kept in this browser and will be saved when it does."));
  } else if (error instanceof Refused) {
    alarm(`${error.message} ${error.remedy}`);
    setTimeout(() => alarm(null), 8000);
  } else throw error;
}

// ---- The list

function filter() {
  const [wanted, text] = [byId("filter").value, byId("search").value.toLowerCase()];
  for (const one of rows.children) {
    const fits = wanted === "" || (wanted === "waiting" && one.dataset.state !== "reviewed")
      || (wanted === "doubtful" && "doubtful" in one.dataset) || (wanted === "noted" && "noted" in one.dataset);
    one.hidden = !fits || (text !== "" && !one.textContent.toLowerCase().includes(text));
  }
}

function sort() {
  const number = (one) => Number(one.querySelector(".n").textContent);
  const risk = byId("order").value === "risk";
  const sorted = [...rows.children].sort((one, other) =>
    (risk ? other.dataset.risk - one.dataset.risk : 0) || number(one) - number(other));
  rows.append(...sorted);
  order = sorted.map((one) => one.dataset.id);
}

let searching = 0;
byId("search").addEventListener("input", () => {
  filter();
  clearTimeout(searching);
  searching = setTimeout(async () => {
    try {
      byId("concordance").innerHTML = (await ask(about("concordance", { words: byId("search").value }))).html;
    } catch (error) {
      tell(error);
    }
  }, 400);
});
byId("filter").addEventListener("change", filter);
byId("order").addEventListener("change", sort);

// ---- Mouse and keys

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-do], [data-insert], [data-words], [data-show], .page .s, #rows a");
  if (!target) return;
  if (target.dataset.do) acts[target.dataset.do]?.();
  else if (target.dataset.insert) insert(target.dataset.insert);
  else if (target.dataset.words !== undefined) replace(target.dataset.words);
  else if (target.dataset.show) showPart(target.dataset.show);
  else {
    event.preventDefault();
    showPart("work");
    open(target.closest("[data-id]").dataset.id);
  }
});

function showPart(name) {
  document.body.dataset.show = name;
  for (const tab of document.querySelectorAll("[data-show][aria-pressed]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.show === name));
  }
}

const ALT = {
  KeyD: "doubtful", KeyS: "draft", KeyT: "code", KeyC: "copy", KeyZ: "undo", KeyA: "again", KeyM: "comment", KeyE: "everywhere",
  KeyJ: "join", KeyK: "split",
};
const IN_LIST = { a: "accept", d: "doubtful", s: "draft", c: "copy", z: "undo" };

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  let act = null;
  if (event.ctrlKey && event.key === "Enter") act = event.shiftKey ? passage : acts.accept;
  else if (event.altKey && !event.ctrlKey && digit && event.shiftKey) {
    act = () => byId("aids").querySelector(`[data-match="${digit}"]`)?.click();
  } else if (event.altKey && !event.ctrlKey && digit) act = () => takeAlternative(digit);
  else if (event.altKey && !event.ctrlKey && event.code === "KeyF") act = () => byId("search").focus();
  else if (event.altKey && !event.ctrlKey && ALT[event.code]) act = acts[ALT[event.code]];
  else if (event.key === "Escape" && !byId("cutting").hidden) {
    act = () => {
      byId("cutting").hidden = true;
      words.focus();
    };
  } else if (event.altKey && event.key === "ArrowDown") act = () => neighbour(1);
  else if (event.altKey && event.key === "ArrowUp") act = () => neighbour(-1);
  else if (rows.contains(event.target) && !event.altKey && !event.ctrlKey && !event.metaKey) act = inList(event);
  if (act) {
    event.preventDefault();
    act();
  }
});

/** In the list one key does what takes two in the field. */
function inList(event) {
  const focus = async (step) => {
    const shown = order.filter((id) => !row(id).hidden);
    const next = shown[shown.indexOf(event.target.closest("li").dataset.id) + step];
    if (next) {
      await open(next, { focus: false });
      row(next).firstElementChild.focus();
    }
  };
  if (event.key === "ArrowDown") return () => focus(1);
  if (event.key === "ArrowUp") return () => focus(-1);
  return acts[IN_LIST[event.key]] ?? null;
}

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function button(text, act) {
  const made = element("button", text, { type: "button" });
  made.addEventListener("click", act);
  return made;
}

addEventListener("pagehide", keepCurrent);
count();
showPart("work");
const asked = location.hash.slice(1);
open(row(asked) ? asked : rows.querySelector('li:not([data-state="reviewed"])')?.dataset.id ?? order[0]);
poll();
