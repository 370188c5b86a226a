// A story under review: what keys and clicks do, and the beginning.

import { _, button, byId, desk, element, keep, say } from "./desk.js";
import { insert, insertCode, replace, words } from "./field.js";
import { meaning, spell } from "./keys.js";
import { left, unsaved } from "./kept.js";
import { count, following, order, row, rows } from "./rows.js";
import { current, keepCurrent, open } from "./segment.js";
import { decide, passage, undo } from "./decisions.js";
import { again, comment, everywhere, keepComment, offerCuts, recut, takeAlternative } from "./aids.js";
import { poll } from "./changes.js";

function neighbour(step) {
  const shown = order.filter((id) => !row(id)?.hidden);
  const next = shown[shown.indexOf(current?.id ?? shown[0]) + step];
  if (next) open(next);
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
