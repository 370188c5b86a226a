// What this browser keeps of a story: words that are being written, and decisions that the desk has not answered yet.

import { desk, keep, kept } from "./desk.js";

const story = `${desk.language}:${desk.document}`;

/** The words that were being written in a segment, and what they were written over; null where there are none. */
export function writing(id) {
  return JSON.parse(kept(`writing:${story}:${id}`) ?? "null");
}

export function keepWriting(id, text, base) {
  keep(`writing:${story}:${id}`, text === null ? null : JSON.stringify({ text, base }));
}

/** Decisions on their way to the desk, the oldest first. */
export function outbox() {
  return JSON.parse(kept(`outbox:${story}`) ?? "[]");
}

export function keepOutbox(decisions) {
  keep(`outbox:${story}`, decisions.length ? JSON.stringify(decisions) : null);
}
