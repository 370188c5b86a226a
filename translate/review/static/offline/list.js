// The list of segments: a row for each, and what it says of its state.

const rows = [];

function row(item, index) {
  const number = index + 1;
  const title = make("h3", { id: `title-${number}` });
  const state = make("span", { class: "state" });
  const origin = make("span", { class: "quiet" });
  const source = make("p", { class: "text", id: `source-${number}`, ...DATA.from }, ...withTags(item.source));
  const input = make("textarea", {
    id: `text-${number}`, rows: "1", ...DATA.into, spellcheck: "true", autocomplete: "off",
    "aria-describedby": `source-${number} fault-${number}`,
  });
  const grow = make("div", { class: "grow", ...DATA.into }, input);
  const error = make("p", { class: "fault", id: `fault-${number}` });
  const length = make("p", { class: "quiet" });
  const undo = spoken("button", "undo", { type: "button" });
  const accept = spoken("button", "accept", { type: "button", class: "main" });
  const leave = spoken("button", "leave", { type: "button" });
  const original = make("div", { class: "side" }, make("p", { class: "label", "data-from": "source" }), source);
  original.append(...difference(item), ...terms(item), ...note(item));
  const translation = make(
    "div", { class: "side" },
    make("label", { class: "label", for: input.id, "data-into": "translation" }), grow, error,
  );
  if (item.limit) translation.append(length);
  translation.append(...codes(item, input), make("div", { class: "do" }, accept, leave, undo), ...findings(item));
  const group = make(
    "div", { class: "segment", role: "group", "aria-labelledby": title.id },
    make("div", { class: "top" }, title, state, origin), make("div", { class: "pair" }, original, translation),
  );
  input.addEventListener("input", () => edit(index));
  input.addEventListener("keydown", (event) => {
    // A segment is one line.
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  accept.addEventListener("click", () => acceptAndMove(index));
  leave.addEventListener("click", () => leaveAndMove(index));
  undo.addEventListener("click", () => takeBack(index));
  const element = make("li", { id: `segment-${number}` }, group);
  element.addEventListener("focusin", () => { current = index; });
  return { element, group, title, state, origin, input, grow, error, length, undo, spans: [] };
}

function difference(item) {
  if (!item.difference.length) return [];
  const names = { " ": "span", "-": "del", "+": "ins" };
  const parts = item.difference.map(([how, text]) => make(names[how], {}, text));
  return [spoken("p", "previous", { class: "label" }), make("p", { class: "previous", ...DATA.from }, ...parts)];
}

function terms(item) {
  if (!item.terms.length) return [];
  const lines = item.terms.map((term) => {
    const right = make("dd", {}, make("span", { ...DATA.into }, term.translations.join(", ")));
    if (term.forbidden.length) {
      right.append(" ", make("span", { class: "quiet", "data-not": term.forbidden.join(", ") }));
    }
    if (term.note) right.append(" ", make("span", { class: "quiet" }, `(${term.note})`));
    return make("div", {}, make("dt", { ...DATA.from }, term.text), right);
  });
  return [spoken("p", "terms", { class: "label" }), make("dl", { class: "terms" }, ...lines)];
}

function note(item) {
  return item.note ? [spoken("p", "note", { class: "label" }), make("p", { class: "note" }, item.note)] : [];
}

function findings(item) {
  if (!item.findings.length) return [];
  const lines = item.findings.map((one) => make(
    "li", { class: one.severity }, spoken("strong", one.severity), " ",
    make("span", { lang: "en", dir: "ltr" }, `${one.message} [${one.check}]`),
  ));
  return [spoken("p", "findings", { class: "label" }), make("ul", { class: "findings" }, ...lines)];
}

/** Make buttons that insert a code, around the chosen words where it is a pair. */
function codes(item, input) {
  const tags = [...item.source.matchAll(TAG)].filter(([, close]) => !close);
  if (!tags.length) return [];
  const buttons = tags.map(([tag, , number, alone]) => {
    const button = make("button", { type: "button", class: "tag" }, alone ? tag : `${tag}…</${number}>`);
    button.addEventListener("click", () => {
      const { selectionStart: start, selectionEnd: end, value } = input;
      const inner = alone ? "" : value.slice(start, end);
      input.setRangeText(alone ? tag : `${tag}${inner}</${number}>`, alone ? end : start, end, "end");
      input.focus();
      input.dispatchEvent(new Event("input"));
    });
    return button;
  });
  return [make("div", { class: "codes" }, spoken("span", "insert", { class: "quiet" }), ...buttons)];
}

/** Return what the page calls the state of an entry, and its sign in the style. */
function stateOf(index) {
  const names = { reviewed: "accepted", draft: "left", edited: "edited" };
  const verdict = decisions.get(index)?.verdict;
  return verdict ? names[verdict] : DATA.items[index].state;
}

function originOf(item) {
  if (!item.engine) return "";
  const share = percent.format(item.confidence);
  const name = item.starter ? "starter" : "engine";
  const who = item.engine === "memory" ? say("memory") : say(name, { engine: item.engine });
  return `${who} · ${say("confidence", { share })}`;
}

/** Show an entry as it stands. */
function update(index) {
  const item = DATA.items[index];
  const { group, title, state, origin, input, grow, length, undo, spans } = rows[index];
  const text = textOf(index);
  const name = stateOf(index);
  const roles = item.roles.map((role) => WORDS[speaks].roles[role] ?? role).join(", ");
  title.textContent = `${say("number", { number: index + 1 })} · ${roles}`;
  state.textContent = say(name);
  group.dataset.state = name;
  origin.textContent = text === item.target ? originOf(item) : "";
  if (input.value !== text) input.value = text;
  // The box is as high as a hidden copy of its text, which needs no measuring.
  grow.dataset.text = `${text} `;
  undo.hidden = !decisions.has(index) && !earlier[index].length;
  if (item.limit) {
    const signs = [...withoutTags(text)].length;
    length.textContent = say("limit", { count: signs, limit: item.limit });
    length.classList.toggle("over", signs > item.limit);
  }
  for (const span of spans) read(span, index);
}

function complain(index, message) {
  const { error, input } = rows[index];
  error.textContent = message;
  if (message) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
