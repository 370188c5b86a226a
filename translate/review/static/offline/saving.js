// What goes back: a PO file of what was changed.

const ESCAPES = {
  "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\v": "\\v", "\b": "\\b", "\f": "\\f",
};
const quoted = (text) => `"${text.replace(/[\\"\n\t\r\v\b\f]/g, (sign) => ESCAPES[sign])}"`;

/** Write a moment as gettext does. */
function moment(date) {
  const two = (number) => String(number).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}${zone}`;
}

/** Return the changed entries as a PO file. */
function written(changed, person) {
  const header = {
    ...DATA.header,
    "PO-Revision-Date": moment(new Date()),
    "Last-Translator": `${person} <>`,
    "X-Generator": "Translation Desk, review page",
  };
  const lines = ['msgid ""', 'msgstr ""'];
  for (const [name, value] of Object.entries(header)) lines.push(quoted(`${name}: ${value}\n`));
  for (const index of changed) {
    const item = DATA.items[index];
    const { text, verdict } = decisions.get(index);
    lines.push("", `# @given ${item.id}`);
    if (verdict !== "reviewed") {
      lines.push("#, fuzzy");
      if (item.previous) lines.push(`#| msgid ${quoted(item.previous)}`);
    }
    if (item.context !== null) lines.push(`msgctxt ${quoted(item.context)}`);
    lines.push(`msgid ${quoted(item.source)}`, `msgstr ${quoted(tidy(text))}`);
  }
  return `${lines.join("\n")}\n`;
}

function save() {
  const person = part("person").value.replace(/[<>\p{Cc}]/gu, " ").trim();
  const changed = DATA.items.map((_, index) => index).filter(isChanged);
  part("person").removeAttribute("aria-invalid");
  if (!changed.length) {
    tell(say("saidNothing"));
    return;
  }
  if (!person) {
    part("person").setAttribute("aria-invalid", "true");
    tell(say("saidNoName"));
    part("person").focus();
    return;
  }
  const name = `${DATA.document}.${DATA.into.lang}.po`.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-");
  const address = URL.createObjectURL(new Blob([written(changed, person)], { type: "text/x-gettext-translation" }));
  const link = make("a", { href: address, download: name });
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  unsaved = false;
  tell(say("saidSaved", { count: changed.length, file: name }));
}
