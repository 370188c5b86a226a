// The field in which a translation is written: doubts underlined behind its words, inline codes put in.

import { byId } from "./desk.js";

export const words = byId("words");
const mirror = byId("mirror");
const TAG = /<\/?\d+\/?>/g;

/** Show words with the places that checks doubt; runs are [kind, words]. */
export function show(runs) {
  mirror.replaceChildren(...runs.map(([kind, text]) => {
    if (!kind) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.className = kind;
    mark.textContent = text;
    return mark;
  }), document.createTextNode("\n"));
  grow();
}

/** Make the field as high as its words. */
export function grow() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}

/** Put a text in at the caret, in place of what is selected; the browser's own undo knows of it. */
export function insert(text) {
  words.focus();
  if (!document.execCommand?.("insertText", false, text)) {
    words.setRangeText(text, words.selectionStart, words.selectionEnd, "end");
    words.dispatchEvent(new Event("input"));
  }
}

/** Replace all words. */
export function replace(text) {
  words.focus();
  words.select();
  if (text === "") document.execCommand("delete");
  else insert(text);
}

/** Put in the next code of the source that the words lack: around what is selected, where it is a pair. */
export function insertCode(codes) {
  const there = words.value.match(TAG) ?? [];
  const missing = codes.filter((code) => !there.includes(code));
  if (!missing.length) return false;
  const close = `</${missing[0].slice(1)}`;
  const selected = words.value.slice(words.selectionStart, words.selectionEnd);
  insert(codes.includes(close) && missing.includes(close) && selected ? missing[0] + selected + close : missing[0]);
  return true;
}

export const withoutCodes = (text) => text.replace(TAG, "");
