// What a person does, with the mouse or a key.

let current = -1;

function edit(index) {
  const { input } = rows[index];
  const typed = input.value.replace(/[ \t]*[\r\n]+[ \t]*/g, " ");
  const before = decisions.get(index);
  if (before?.verdict !== "edited") earlier[index].push(before);
  if (rows[index].error.textContent) complain(index, "");
  decide(index, typed === DATA.items[index].target ? undefined : { text: typed, verdict: "edited" });
}

/** Accept a translation unless its codes are not those of the source; say whether it was accepted. */
function accept(index) {
  const item = DATA.items[index];
  const text = tidy(textOf(index));
  const wrong = text ? fault(item.source, text) : say("saidEmpty");
  complain(index, wrong ?? "");
  if (wrong) {
    tell(`${say("number", { number: index + 1 })}: ${wrong}`);
    rows[index].input.focus();
    return false;
  }
  settle(index, text === item.target && item.state === "reviewed" ? undefined : { text, verdict: "reviewed" });
  tell(say("saidAccepted", { number: index + 1 }));
  return true;
}

function settle(index, decision) {
  earlier[index].push(decisions.get(index));
  decide(index, decision);
}

function acceptAndMove(index) {
  if (!accept(index)) return;
  if (!moveToOpen(index)) tell(say("saidAll"));
}

function leaveAndMove(index) {
  complain(index, "");
  settle(index, { text: tidy(textOf(index)), verdict: "draft" });
  tell(say("saidLeft", { number: index + 1 }));
  moveToOpen(index);
}

function takeBack(index) {
  complain(index, "");
  decide(index, earlier[index].pop());
  tell(say("saidUndone", { number: index + 1 }));
  // The button may be gone now.
  focusOn(index);
}

function focusOn(index) {
  const { element, input } = rows[index];
  input.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.offsetHeight > window.innerHeight * 0.6 ? "start" : "center" });
}

const isShown = (index) => !rows[index].element.hidden;

/** Go to the next segment shown that waits for a decision, else to one left as a draft; say whether there is one. */
function moveToOpen(from) {
  const all = rows.map((_, step) => (from + 1 + step + rows.length) % rows.length);
  const open = all.filter((index) => isShown(index) && !isReviewed(index));
  const next = open.find((index) => decisions.get(index)?.verdict !== "draft") ?? open[0];
  if (next === undefined) return false;
  focusOn(next);
  return true;
}

function moveBy(step) {
  for (let index = current + step; index >= 0 && index < rows.length; index += step) {
    if (isShown(index)) {
      focusOn(index);
      return;
    }
  }
}

function goToNext() {
  if (!moveToOpen(current)) tell(say("saidAll"));
}

function onKey(event) {
  if (event.isComposing) return;
  const { altKey: alt, ctrlKey: control, metaKey: meta, shiftKey: shift, key, target } = event;
  if (key === "Enter" && (control || meta) && !alt) {
    const index = rows.findIndex(({ element }) => element.contains(target));
    if (index < 0) return;
    event.preventDefault();
    acceptAndMove(index);
  } else if (alt && !control && !meta && !shift && target.nodeName !== "SELECT") {
    // With this key a Mac begins an accented letter.
    const isN = key.toLowerCase() === "n" || (key === "Dead" && event.code === "KeyN");
    if (key === "ArrowDown") moveBy(1);
    else if (key === "ArrowUp") moveBy(-1);
    else if (isN) goToNext();
    else return;
    event.preventDefault();
  }
}
