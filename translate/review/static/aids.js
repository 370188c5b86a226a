// What helps with a segment: alternatives, its words used everywhere, a comment, joining and cutting.

import { _, about, ask, button, byId, say, tell } from "./desk.js";
import { replace, withoutCodes, words } from "./field.js";
import { spell } from "./keys.js";
import { commenting, keepCommenting } from "./kept.js";
import { current, keepCurrent, leave, load } from "./segment.js";
import { decided, flush } from "./decisions.js";

export async function again() {
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

export async function takeAlternative(number) {
  const find = () => byId("aids").querySelector(`[data-alternative="${number}"]`);
  if (!find()) await again();
  if (find()) replace(find().dataset.words);
  else say(_("no alternative"));
}

export async function everywhere() {
  if (!current) return;
  const { id } = current;
  await flush();
  const told = await decided(ask(about("everywhere"), { id }), _("done"));
  if (told?.used) say(_("used in {number} places", { number: told.used.length }));
}

export function comment() {
  if (!current) return;
  byId("commenting").hidden = false;
  byId("comment").focus();
}

export async function keepComment() {
  if (!current) return;
  const { id, note } = current;
  const text = byId("comment").value;
  if (!await decided(ask(about("comment"), { id, words: text, was: note }), _("comment kept"))) return;
  if (commenting(id) === text) keepCommenting(id, null);
  if (current?.id === id) load(id);
  words.focus();
}

/** Join the segment with the next one, or cut it: the story is then another one, and the page is loaded again. */
export async function recut(verb, values) {
  if (!current) return;
  const { id } = current;
  await flush();
  keepCurrent();
  try {
    const told = await ask(about(verb), { id, ...values });
    leave();
    history.replaceState(null, "", `#${told.ids[0]}`);
    location.reload();
  } catch (error) {
    tell(error);
  }
}

/** Offer the words before which the source can be cut. */
export function offerCuts() {
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
