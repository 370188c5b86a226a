// What the desk says: rows and blocks that were made anew, and who else is here.

import { _, about, alarm, ask, button, byId, desk, element, tell } from "./desk.js";
import { words } from "./field.js";
import { outbox, writing } from "./kept.js";
import { count, here, row, rows } from "./rows.js";
import { changed, current, fetched, load, settle } from "./segment.js";
import { flush } from "./decisions.js";

const POLLED = 2000;
let version = desk.version;
let others = [];

/** Take rows, texts and blocks that were made anew. */
export function take(told) {
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
export function place(blocks) {
  for (const [number, html] of Object.entries(blocks)) {
    const block = document.querySelector(`#edition [data-block="${number}"]`);
    if (!block) continue;
    block.innerHTML = html;
    for (const span of current ? block.querySelectorAll(`.s[data-id="${current.id}"]`) : []) span.classList.add("here");
  }
}

/** Note that somebody writes in a segment, before the next poll says so. */
export function writes(person, id) {
  others = [...others, { person, id, writing: true }];
}

export async function poll() {
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
export function locked() {
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
