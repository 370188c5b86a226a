// What this browser keeps of a story: words that are being written, and decisions that the desk has not answered yet.

import { desk, keep, kept, names, page } from "./desk.js";

const story = `${desk.language}:${encodeURIComponent(desk.document)}`;
let posted = 0;

/** The words that were being written in a segment, over which ones, and what was decided of them; null for none. */
export function writing(id) {
  return JSON.parse(kept(`writing:${story}:${id}`) ?? "null");
}

export function keepWriting(id, text, base, act) {
  keep(`writing:${story}:${id}`, text === null ? null : JSON.stringify({ text, base, act }));
}

/** The segments that have such words. */
export function unsaved() {
  return names(`writing:${story}:`).map((name) => name.split(":").at(-1));
}

/** The comment that was being written beside a segment; null where there is none. */
export function commenting(id) {
  return kept(`comment:${story}:${id}`);
}

export function keepCommenting(id, text) {
  keep(`comment:${story}:${id}`, text);
}

/** All that was being written for segments that are not among some: [name, words]. */
export function left(ids) {
  const every = [...names(`writing:${story}:`), ...names(`comment:${story}:`)];
  return every.filter((name) => !ids.has(name.split(":").at(-1))).map((name) => {
    return [name, name.startsWith("writing:") ? JSON.parse(kept(name)).text : kept(name)];
  });
}

/** Decisions on their way to the desk, the oldest first. */
export function outbox() {
  return names(`outbox:${story}:`).map((name) => ({ ...JSON.parse(kept(name)), name }));
}

/** Put a decision into the outbox. Each has a place of its own: other tabs send and add at the same time. */
export function post(decision) {
  posted += 1;
  const order = [Date.now(), posted].map((number) => String(number).padStart(15, "0")).join("-");
  keep(`outbox:${story}:${order}-${page}`, JSON.stringify(decision));
}

export function sent(decision) {
  keep(decision.name, null);
}

/** Do something while no other tab of this story does. */
export function alone(act) {
  // Browsers have no locks for pages that come over a network without encryption.
  return navigator.locks ? navigator.locks.request(`desk:${story}`, act) : act();
}
