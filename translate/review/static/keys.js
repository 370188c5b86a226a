// What a key means: the name of an act, and a number where it takes one.

// On a Mac, Option writes letters that translators need (ß, ç, é): there, Control stands for it.
const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const LETTERS = {
  KeyA: "again", KeyC: "copy", KeyD: "doubtful", KeyE: "everywhere", KeyF: "search", KeyJ: "join", KeyK: "split",
  KeyM: "comment", KeyS: "draft", KeyT: "code", KeyZ: "undo",
};
// In the list one key does what takes two in the field.
const IN_LIST = {
  a: "acceptInList", d: "doubtful", s: "draft", c: "copy", z: "undo", ArrowDown: "rowAfter", ArrowUp: "rowBefore",
};

/** Return what a key means, [name, number]; null where it is no key of ours. */
export function meaning(event, inList) {
  const { altKey: alt, ctrlKey: control, metaKey: meta, shiftKey: shift, key, code } = event;
  if (control && key === "Enter") return [shift ? "passage" : "accept"];
  if (key === "Escape") return ["escape"];
  if (alt && key === "ArrowDown") return ["after"];
  if (alt && key === "ArrowUp") return ["before"];
  if (MAC ? control && !alt && !meta : alt && !control) {
    const digit = /^Digit([1-9])$/.exec(code)?.[1];
    if (digit) return [shift ? "match" : "alternative", digit];
    return LETTERS[code] ? [LETTERS[code]] : null;
  }
  return inList && !alt && !control && !meta && IN_LIST[key] ? [IN_LIST[key]] : null;
}

/** Let what is written on buttons be the keys of this machine. */
export function spell(root) {
  if (!MAC) return;
  for (const one of root.querySelectorAll("kbd")) one.textContent = one.textContent.replace("Alt", "Ctrl");
}
