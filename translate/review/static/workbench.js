// A story under review: its segments, the one that is open, and what the desk says meanwhile.

import { _, Refused, about, alarm, ask, button, byId, desk, element, keep, say, tell } from "./desk.js";
import { grow, insert, insertCode, replace, show, withoutCodes, words } from "./field.js";
import { meaning, spell } from "./keys.js";
import {
  alone, commenting, keepCommenting, keepWriting, left, outbox, post, sent, unsaved, writing,
} from "./kept.js";

const rows = byId("rows");
const POLLED = 2000;
const SETTLED = 150;
let version = desk.version;
let current = null;
let order = [...rows.children].map((row) => row.dataset.id);
let timer = 0;
let sending = null;
let others = [];
const fetched = new Map();

const row = (id) => rows.querySelector(`li[data-id="${CSS.escape(id)}"]`);
const here = () => rows.querySelector("li.here")?.dataset.id;
const spans = (id) => document.querySelectorAll(`.page .s[data-id="${CSS.escape(id)}"]`);
const changed = () => current !== null && words.value !== current.text;

// ---- The segment that is open

/** Open a segment; the keys then go to its words, or stay in the list. */
async function open(id, { to = "words" } = {}) {
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

/** Show in the list and in both texts which segment is open. */
function mark(id) {
  for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
  for (const link of rows.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
  const place = row(id);
  place.classList.add("here");
  reachable(place);
  place.firstElementChild.setAttribute("aria-current", "true");
  place.scrollIntoView({ block: "nearest" });
  for (const span of spans(id)) span.classList.add("here");
  for (const name of ["source", "edition"]) {
    document.querySelector(`#${name} .s[data-id="${id}"]`)?.scrollIntoView({ block: "center" });
  }
  history.replaceState(null, "", `#${id}`);
  alarm(`back:${id}`, null);
}

/** Of the list, the tab key comes to one row. */
function reachable(place) {
  for (const link of rows.querySelectorAll('a[tabindex="0"]')) link.tabIndex = -1;
  if (place) place.firstElementChild.tabIndex = 0;
}

/** Fetch what helps with a segment and show it, unless another one was opened meanwhile. */
async function load(id) {
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

function keepCurrent() {
  if (current) keepWords(changed() ? words.value : null);
}

/** Keep words of the open segment in this browser; its row says that there are some. */
function keepWords(text) {
  keepWriting(current.id, text, current.base);
  row(current.id)?.toggleAttribute("data-unsaved", text !== null);
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
byId("aids").addEventListener("input", ({ target }) => {
  if (target.id === "comment" && current) keepCommenting(current.id, target.value);
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
  const place = byId("doubts");
  const said = JSON.stringify([current.id, doubts]);
  // What says the same stays, with the reason that is being written in it; nobody is told twice.
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  place.replaceChildren(...doubts.map((one) => {
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

function decide(act, to = "words") {
  if (!current) return;
  if (act === "accept" && !words.value.trim()) {
    words.focus();
    return;
  }
  alarm("refused", null);
  const { id, base } = current;
  const text = words.value;
  post({ id, act, text, base, all_the_same: words.dataset.mine === id });
  current.text = text;
  flush();
  if (act === "accept") onward(id, to);
}

/** Accept the whole paragraph as it stands, unless something in it was not looked at that must be. */
function passage() {
  const block = current && document.querySelector(`#source .s[data-id="${current.id}"]`)?.closest("[data-block]");
  if (!block) return;
  const { id } = current;
  keepCurrent();
  const every = [...new Set([...block.querySelectorAll(".s")].map((span) => span.dataset.id))].filter(row);
  const waiting = every.filter((one) => one === id || row(one).dataset.state !== "reviewed");
  const first = waiting.find((one) => one !== id && !writing(one)
    && (row(one).dataset.worst === "error" || row(one).dataset.state !== "draft"));
  if (first) {
    open(first).then(() => say(_("Look at this one first.")));
    return;
  }
  alarm("refused", null);
  for (const one of waiting) {
    const { text, base } = one === id ? { text: words.value, base: current.base }
      : writing(one) ?? { text: null, base: row(one).dataset.base };
    post({ id: one, act: "accept", text, base, all_the_same: words.dataset.mine === one });
  }
  current.text = words.value;
  flush();
  onward(every.at(-1), "words");
}

function onward(id, to) {
  const waits = new Set(outbox().map((one) => one.id));
  const next = following(id, (one) => one.dataset.state !== "reviewed" && !waits.has(one.dataset.id));
  if (next) open(next, { to });
  else say(_("Everything is reviewed."));
}

/** Send what waits, one after the other; what the desk does not answer stays. */
function flush() {
  sending ??= alone(send).catch(tell).finally(() => { sending = null; });
  return sending;
}

async function send() {
  for (let [decision] = outbox(); decision; [decision] = outbox()) {
    const told = await ask(about("save"), decision).catch((error) => {
      if (!(error instanceof Refused)) throw error;
      return { refused: error };
    });
    sent(decision);
    alarm("silent", null);
    if (told.refused || told.writer || "conflict" in told) await giveBack(decision, told);
    else {
      settled(decision, told);
      say(decision.act === "accept" ? _("accepted") : _("left as a draft"));
    }
  }
}

/** Note that a decision is in the catalog; what was written since is still being written. */
function settled({ id, text, base }, told) {
  const since = writing(id);
  if (since?.text === text) {
    keepWriting(id, null);
    row(id)?.removeAttribute("data-unsaved");
  } else if (since?.base === base) keepWriting(id, since.text, told.texts[id].base);
  const open_ = current?.id === id && current.base === base;
  const still = open_ && words.value === text;
  if (open_) {
    current.base = told.texts[id].base;
    current.text = still ? text : told.texts[id].text;
  }
  take(told);
  if (still) load(id);
}

/** Go back to a segment whose words the desk did not take; who writes elsewhere is told, and goes back at leisure. */
async function giveBack({ id, act, text, base }, told) {
  const mine = (current?.id === id ? words.value : writing(id)?.text) ?? text;
  if (mine !== null) keepWriting(id, mine, base, act);
  fetched.delete(id);
  if (told.writer) others = [...others, { person: told.writer, id, writing: true }];
  if (told.refused) tell(told.refused);
  if (current?.id === id) {
    // The field stays as it is: whoever is writing in it goes on.
    if ("conflict" in told) {
      contradict({ text: told.conflict, base: told.base }, { act });
      say(_("Somebody wrote other words here"));
    } else locked();
    return;
  }
  if (current && changed()) {
    alarm(`back:${id}`, _("A segment was not saved: look at it again."), { name: _("Look at it"), act: () => open(id) });
    return;
  }
  await open(id);
  if (!byId("conflict").hidden) byId("conflict").focus();
}

/** Somebody else wrote there meanwhile: show both. Until the person chooses, neither takes the other's place. */
function contradict(told, mine) {
  const { text, base } = told;
  const dialog = byId("conflict");
  byId("theirs").textContent = text;
  dialog.hidden = false;
  byId("take-theirs").onclick = () => {
    dialog.hidden = true;
    Object.assign(current, { text, base });
    replace(text);
  };
  byId("keep-mine").onclick = () => {
    dialog.hidden = true;
    current.base = base;
    if (mine.act) decide(mine.act);
    else words.focus();
  };
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
  // The newest decision is still on its way.
  if (outbox().length) return;
  const told = await decided(ask(about("undo"), {}), _("taken back"));
  if (told?.nothing) say(_("nothing to take back"));
  if (!told?.id) return;
  fetched.clear();
  if ("conflict" in told) {
    say(_("Somebody changed it since: it stays as it is."));
    open(told.id);
    return;
  }
  const lost = writing(told.id)?.text;
  keepWriting(told.id, null);
  current = null;
  await open(told.id);
  if (current?.id === told.id && lost !== undefined && lost !== current.text) {
    // The browser's own undo brings them back.
    words.value = lost;
    replace(current.text);
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
    spell(byId("alternatives"));
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
  if (!current) return;
  const { id } = current;
  await flush();
  const told = await decided(ask(about("everywhere"), { id }), _("done"));
  if (told?.used) say(_("used in {number} places", { number: told.used.length }));
}

function comment() {
  if (!current) return;
  byId("commenting").hidden = false;
  byId("comment").focus();
}

async function keepComment() {
  if (!current) return;
  const { id, note } = current;
  const text = byId("comment").value;
  if (!await decided(ask(about("comment"), { id, words: text, was: note }), _("comment kept"))) return;
  if (commenting(id) === text) keepCommenting(id, null);
  if (current?.id === id) load(id);
  words.focus();
}

/** Join the segment with the next one, or cut it: the story is then another one, and the page is loaded again. */
async function recut(verb, values) {
  if (!current) return;
  const { id } = current;
  await flush();
  keepCurrent();
  try {
    const told = await ask(about(verb), { id, ...values });
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
  search: () => byId("search").focus(),
  alternative: takeAlternative,
  match: (number) => byId("aids").querySelector(`[data-match="${number}"]`)?.click(),
  after: () => neighbour(1),
  before: () => neighbour(-1),
  escape: () => {
    byId("cutting").hidden = true;
    words.focus();
  },
  acceptInList: () => decide("accept", "list"),
  rowAfter: (_number, event) => along(1, event),
  rowBefore: (_number, event) => along(-1, event),
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
    fresh.classList.toggle("here", old.classList.contains("here"));
    fresh.hidden = old.hidden;
    fresh.toggleAttribute("data-unsaved", writing(id) !== null);
    fresh.firstElementChild.tabIndex = old.firstElementChild.tabIndex;
    const focused = old.contains(document.activeElement);
    if (fresh.classList.contains("here")) fresh.firstElementChild.setAttribute("aria-current", "true");
    old.replaceWith(fresh);
    if (focused) fresh.firstElementChild.focus();
    fetched.delete(id);
  }
  place(told.blocks ?? {});
  // The edition shows what is being written.
  if (changed() && Object.keys(told.blocks ?? {}).length) settle();
  const mine = current && told.texts?.[current.id];
  if (mine && mine.base !== current.base && !changed()) load(current.id);
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
    alarm("silent", null);
    if (told.whole) {
      alarm("story", _("The story has changed: load the page again."), { name: _("Load again"), act: () => location.reload() });
    }
    others = told.others;
    const names = [...new Set(others.map((one) => one.person))].join(", ");
    byId("others").textContent = names ? _("also here: {names}", { names }) : "";
    for (const one of rows.querySelectorAll("[data-other]")) delete one.dataset.other;
    for (const one of others) if (row(one.id)) row(one.id).dataset.other = one.person;
    take(told);
    locked();
    if (outbox().length) flush();
    else if (current === null && here()) load(here());
  } catch (error) {
    tell(error);
  }
  setTimeout(poll, document.hidden ? 2 * POLLED : POLLED);
}

/** While somebody else writes in this segment, nothing is written here unless the person wants to. */
function locked() {
  const writer = others.find((one) => current && one.id === current.id && one.writing);
  const warned = Boolean(writer) && words.dataset.mine !== current.id;
  words.readOnly = current === null || (warned && !changed());
  const note = byId("locked");
  if (!warned) {
    note?.remove();
    return;
  }
  if (note) return;
  const line = element("p", `${_("{name} is writing here", { name: writer.person })} `, { id: "locked", className: "doubt warning" });
  line.append(button(_("Write here all the same"), () => {
    words.dataset.mine = current.id;
    locked();
    words.focus();
  }));
  byId("conflict").before(line);
}

// ---- The list

function filter() {
  const [wanted, text] = [byId("filter").value, byId("search").value.toLowerCase()];
  for (const one of rows.children) {
    const fits = wanted === "" || (wanted === "waiting" && one.dataset.state !== "reviewed")
      || (wanted === "doubtful" && "doubtful" in one.dataset) || (wanted === "noted" && "noted" in one.dataset);
    one.hidden = !fits || (text !== "" && !one.textContent.toLowerCase().includes(text));
  }
  const shown = [...rows.children].filter((one) => !one.hidden);
  reachable(shown.find((one) => one.dataset.id === here()) ?? shown[0]);
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

document.addEventListener("keydown", (event) => {
  const found = meaning(event, rows.contains(event.target));
  if (!found || (found[0] === "escape" && byId("cutting").hidden)) return;
  const [name, number] = found;
  event.preventDefault();
  acts[name]?.(number, event);
});

/** Go from a row of the list to another, and stay in the list. */
function along(step, event) {
  const shown = order.filter((id) => !row(id)?.hidden);
  const next = shown[shown.indexOf(event.target.closest("li").dataset.id) + step];
  if (next) open(next, { to: "list" });
}

/** Show words that were written for texts which the story no longer has. */
function leftOver() {
  const every = left(new Set(order));
  byId("left").hidden = !every.length;
  byId("left-words").replaceChildren(...every.map(([name, text]) => {
    const line = element("li");
    line.append(element("span", text, { lang: desk.language }), " ", button(_("Put in"), () => insert(text)), " ",
      button(_("Throw away"), () => {
        keep(name, null);
        leftOver();
      }));
    return line;
  }));
}

addEventListener("pagehide", keepCurrent);
count();
leftOver();
for (const id of unsaved()) row(id)?.setAttribute("data-unsaved", "");
showPart("work");
spell(document);
const asked = location.hash.slice(1);
open(row(asked) ? asked : rows.querySelector('li:not([data-state="reviewed"])')?.dataset.id ?? order[0]);
poll();
