// Decisions: on their way to the desk one after the other, taken back, or given back where somebody else wrote.

import { _, about, alarm, ask, byId, Refused, say, tell } from "./desk.js";
import { replace, words } from "./field.js";
import { alone, keepWriting, outbox, post, sent, writing } from "./kept.js";
import { following, row } from "./rows.js";
import { changed, current, fetched, keepCurrent, leave, load, open } from "./segment.js";
import { locked, take, writes } from "./changes.js";

let sending = null;

export function decide(act, to = "words") {
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
export function passage() {
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
export function flush() {
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
  if (told.writer) writes(told.writer, id);
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
export function contradict(told, mine) {
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

export async function decided(promise, said) {
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

export async function undo() {
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
  leave();
  await open(told.id);
  if (current?.id === told.id && lost !== undefined && lost !== current.text) {
    // The browser's own undo brings them back.
    words.value = lost;
    replace(current.text);
  }
}
