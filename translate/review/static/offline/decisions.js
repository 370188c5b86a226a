// What was decided, and where it is kept.

const KEPT = "translation-desk ";
const MINE = `${KEPT}${DATA.document} ${DATA.into.lang} ${DATA.base} `;
const VERDICTS = ["reviewed", "draft", "edited"];
const decisions = new Map();
const earlier = DATA.items.map(() => []);
let storage = null;
let unsaved = false;

function openStorage() {
  try {
    storage = window.localStorage;
    storage.setItem(`${KEPT}probe`, "1");
    storage.removeItem(`${KEPT}probe`);
  } catch {
    withoutStorage();
  }
}

function withoutStorage() {
  storage = null;
  part("storage").hidden = false;
}

function recall(key) {
  try {
    return storage && storage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  if (!storage) return;
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    withoutStorage();
  }
}

/** Read what was decided of an entry before; what somebody else wrote there counts for nothing. */
function recallDecision(index) {
  decisions.delete(index);
  try {
    const { text, verdict } = JSON.parse(recall(MINE + DATA.items[index].id)) ?? {};
    if (typeof text === "string" && VERDICTS.includes(verdict)) decisions.set(index, { text, verdict });
  } catch {
    // Not ours.
  }
}

/** Decide of an entry; without a decision it is as it was given. */
function decide(index, decision) {
  if (decision) decisions.set(index, decision);
  else decisions.delete(index);
  keep(MINE + DATA.items[index].id, decision ? JSON.stringify(decision) : null);
  unsaved = true;
  update(index);
  count();
}

const textOf = (index) => decisions.get(index)?.text ?? DATA.items[index].target;
const isReviewed = (index) => (decisions.get(index)?.verdict ?? DATA.items[index].state) === "reviewed";

/** Say whether an entry differs from what was given: only such entries go back. */
function isChanged(index) {
  const decision = decisions.get(index);
  if (!decision || !tidy(decision.text)) return false;
  const item = DATA.items[index];
  return tidy(decision.text) !== item.target || (decision.verdict === "reviewed") !== (item.state === "reviewed");
}

/** Return a text as a catalog holds it: one line, no signs that are none, composed. */
function tidy(text) {
  const oneLine = text.replace(/[ \t]*[\r\n][ \t\r\n]*/g, " ");
  return oneLine.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").replace(/^[ \t]+|[ \t]+$/g, "").normalize("NFC");
}
