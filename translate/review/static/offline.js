"use strict";

// What the page says, in every language it speaks; names in braces are filled in.
const WORDS = {
  en: {
    title: "Review: {document}",
    about: "{from} → {into} · {count} segments · made {made}",
    skip: "To the segments",
    interface: "Language of this page",
    person: "Your name",
    noStorage: "This browser does not keep your work in this page. Save the decisions before you close it.",
    helpTitle: "How this page works",
    helpWork: "Read each translation beside its source, mend it, and accept it. What you cannot decide, leave as a draft. Your work is kept in this browser at once; nothing is sent anywhere.",
    helpTags: "Signs such as <1>…</1> and <2/> are links, bold words or notes. Move them with their words; none may be lost.",
    helpSave: "When you are done, save the decisions and send the file back to the desk. You may save as often as you like.",
    control: "Ctrl",
    enter: "Enter",
    keyAccept: "accept, and go to the next one that is not reviewed",
    keyMove: "next, previous segment",
    keyNext: "next segment that is not reviewed",
    find: "Find segments",
    filter: "Show",
    filterAll: "all segments",
    filterOpen: "not reviewed",
    filterFindings: "with findings",
    filterStale: "source changed",
    filterChanged: "changed by you",
    search: "Search",
    shown: "{count} of {all} shown",
    segments: "Segments",
    number: "Segment {number}",
    source: "Source ({language})",
    translation: "Translation ({language})",
    accept: "Accept",
    leave: "Leave as draft",
    undo: "Undo",
    insert: "Insert",
    untranslated: "untranslated",
    draft: "draft",
    stale: "stale: the source changed",
    reviewed: "reviewed",
    accepted: "reviewed by you",
    left: "left as draft by you",
    edited: "edited, not accepted",
    confidence: "confidence {share}",
    engine: "drafted by {engine}",
    starter: "drafted by {engine}, a small starter package",
    memory: "from the translation memory",
    limit: "{count} of at most {limit} signs",
    findings: "Found in the translation as it was given to you",
    error: "Error",
    warning: "Warning",
    terms: "Glossary",
    not: "not: {words}",
    previous: "What changed in the source",
    note: "Note of the desk",
    whole: "The whole story as running text",
    wholeAbout: "As it stands now. Dotted lines: not reviewed. Italics: not translated. Typography is set when the story is published.",
    saving: "Progress and saving",
    counted: "{reviewed} of {all} reviewed",
    next: "Next not reviewed",
    save: "Save decisions",
    saidAccepted: "Segment {number} is reviewed.",
    saidLeft: "Segment {number} stays a draft.",
    saidUndone: "Segment {number}: undone",
    saidAll: "Every segment shown is reviewed. Save the decisions.",
    saidEmpty: "There is no translation to accept.",
    saidNoName: "Write your name first: the desk notes who reviewed.",
    saidNothing: "Nothing has changed yet: there is nothing to save.",
    saidSaved: "{count} changed entries are in {file}. Send it back to the desk.",
    missing: "{tag} is missing.",
    unknown: "{tag} is not in the source.",
    twice: "{tag} stands there too often.",
    before: "{tag} stands before <{number}>.",
    crossed: "{tag} stands inside another pair than <{number}>.",
    roles: {
      status: "status line", headline: "headline", byline: "byline", dateline: "dateline", caption: "caption",
      alternative: "alternative text", lead: "lead", paragraph: "paragraph", crosshead: "crosshead",
      quotation: "quotation", related: "related story", agency: "agency line", item: "list item", cell: "table cell",
      note: "note", title: "title", description: "description", keyword: "keyword", cue: "subtitle",
    },
  },
  fr: {
    title: "Relecture : {document}",
    about: "{from} → {into} · {count} segments · page faite le {made}",
    skip: "Aller aux segments",
    interface: "Langue de cette page",
    person: "Votre nom",
    noStorage: "Ce navigateur ne garde pas votre travail dans cette page. Enregistrez les décisions avant de la fermer.",
    helpTitle: "Mode d’emploi de cette page",
    helpWork: "Lisez chaque traduction à côté de sa source, corrigez-la, acceptez-la. Ce que vous ne pouvez pas trancher, laissez-le en brouillon. Votre travail est gardé aussitôt dans ce navigateur ; rien n’est envoyé nulle part.",
    helpTags: "Les signes comme <1>…</1> et <2/> sont des liens, des mots en gras ou des notes. Déplacez-les avec leurs mots ; aucun ne doit se perdre.",
    helpSave: "Quand vous avez fini, enregistrez les décisions et renvoyez le fichier à la rédaction. Vous pouvez enregistrer aussi souvent que vous voulez.",
    control: "Ctrl",
    enter: "Entrée",
    keyAccept: "accepter et passer au prochain segment non relu",
    keyMove: "segment suivant, précédent",
    keyNext: "prochain segment non relu",
    find: "Chercher des segments",
    filter: "Afficher",
    filterAll: "tous les segments",
    filterOpen: "non relus",
    filterFindings: "avec des alertes",
    filterStale: "source modifiée",
    filterChanged: "modifiés par vous",
    search: "Rechercher",
    shown: "{count} sur {all} affichés",
    segments: "Segments",
    number: "Segment {number}",
    source: "Source ({language})",
    translation: "Traduction ({language})",
    accept: "Accepter",
    leave: "Laisser en brouillon",
    undo: "Annuler",
    insert: "Insérer",
    untranslated: "non traduit",
    draft: "brouillon",
    stale: "périmé : la source a changé",
    reviewed: "relu",
    accepted: "relu par vous",
    left: "laissé en brouillon par vous",
    edited: "modifié, pas accepté",
    confidence: "confiance {share}",
    engine: "brouillon de {engine}",
    starter: "brouillon de {engine}, petit modèle de départ",
    memory: "de la mémoire de traduction",
    limit: "{count} signes sur {limit} au plus",
    findings: "Alertes sur la traduction telle qu’elle vous a été remise",
    error: "Erreur",
    warning: "Attention",
    terms: "Glossaire",
    not: "pas : {words}",
    previous: "Ce qui a changé dans la source",
    note: "Note de la rédaction",
    whole: "Tout le texte au fil de la lecture",
    wholeAbout: "État actuel. Pointillés : non relu. Italique : non traduit. La typographie est faite à la publication.",
    saving: "Avancement et enregistrement",
    counted: "{reviewed} sur {all} relus",
    next: "Prochain non relu",
    save: "Enregistrer les décisions",
    saidAccepted: "Le segment {number} est relu.",
    saidLeft: "Le segment {number} reste un brouillon.",
    saidUndone: "Segment {number} : annulé",
    saidAll: "Tous les segments affichés sont relus. Enregistrez les décisions.",
    saidEmpty: "Il n’y a pas de traduction à accepter.",
    saidNoName: "Écrivez d’abord votre nom : la rédaction note qui a relu.",
    saidNothing: "Rien n’a encore changé : il n’y a rien à enregistrer.",
    saidSaved: "Entrées modifiées : {count}, dans {file}. Renvoyez ce fichier à la rédaction.",
    missing: "Il manque {tag}.",
    unknown: "{tag} n’est pas dans la source.",
    twice: "{tag} est là trop souvent.",
    before: "{tag} est avant <{number}>.",
    crossed: "{tag} est dans une autre paire que <{number}>.",
    roles: {
      status: "ligne d’état", headline: "titre", byline: "signature", dateline: "lieu et date", caption: "légende",
      alternative: "texte de remplacement", lead: "chapô", paragraph: "paragraphe", crosshead: "intertitre",
      quotation: "citation", related: "à lire aussi", agency: "ligne d’agence", item: "élément de liste",
      cell: "cellule", note: "note", title: "titre de page", description: "description", keyword: "mot-clé",
      cue: "sous-titre",
    },
  },
  de: {
    title: "Durchsicht: {document}",
    about: "{from} → {into} · {count} Segmente · Seite vom {made}",
    skip: "Zu den Segmenten",
    interface: "Sprache dieser Seite",
    person: "Ihr Name",
    noStorage: "Dieser Browser bewahrt Ihre Arbeit auf dieser Seite nicht auf. Speichern Sie die Entscheidungen, bevor Sie sie schließen.",
    helpTitle: "So geht es",
    helpWork: "Lesen Sie jede Übersetzung neben ihrer Quelle, verbessern Sie sie und nehmen Sie sie an. Was Sie nicht entscheiden können, lassen Sie als Entwurf. Ihre Arbeit bleibt sofort in diesem Browser; nichts wird irgendwohin gesendet.",
    helpTags: "Zeichen wie <1>…</1> und <2/> sind Links, fette Wörter oder Anmerkungen. Verschieben Sie sie mit ihren Wörtern; keines darf fehlen.",
    helpSave: "Wenn Sie fertig sind, speichern Sie die Entscheidungen und schicken Sie die Datei an die Redaktion zurück. Speichern können Sie so oft Sie wollen.",
    control: "Strg",
    enter: "Eingabe",
    keyAccept: "annehmen und weiter zum nächsten nicht geprüften",
    keyMove: "nächstes, voriges Segment",
    keyNext: "nächstes nicht geprüftes Segment",
    find: "Segmente finden",
    filter: "Zeigen",
    filterAll: "alle Segmente",
    filterOpen: "nicht geprüft",
    filterFindings: "mit Befunden",
    filterStale: "Quelle geändert",
    filterChanged: "von Ihnen geändert",
    search: "Suchen",
    shown: "{count} von {all} gezeigt",
    segments: "Segmente",
    number: "Segment {number}",
    source: "Quelle ({language})",
    translation: "Übersetzung ({language})",
    accept: "Annehmen",
    leave: "Als Entwurf lassen",
    undo: "Rückgängig",
    insert: "Einfügen",
    untranslated: "nicht übersetzt",
    draft: "Entwurf",
    stale: "veraltet: Quelle geändert",
    reviewed: "geprüft",
    accepted: "von Ihnen geprüft",
    left: "von Ihnen als Entwurf gelassen",
    edited: "geändert, nicht angenommen",
    confidence: "Sicherheit {share}",
    engine: "Entwurf von {engine}",
    starter: "Entwurf von {engine}, einem kleinen Startpaket",
    memory: "aus dem Übersetzungsspeicher",
    limit: "{count} von höchstens {limit} Zeichen",
    findings: "Befunde zur Übersetzung, wie Sie sie bekommen haben",
    error: "Fehler",
    warning: "Warnung",
    terms: "Glossar",
    not: "nicht: {words}",
    previous: "Was sich in der Quelle geändert hat",
    note: "Notiz der Redaktion",
    whole: "Der ganze Text am Stück",
    wholeAbout: "Der Stand von jetzt. Gepunktet: nicht geprüft. Kursiv: nicht übersetzt. Die Typografie wird beim Veröffentlichen gesetzt.",
    saving: "Fortschritt und Speichern",
    counted: "{reviewed} von {all} geprüft",
    next: "Nächstes ungeprüftes",
    save: "Entscheidungen speichern",
    saidAccepted: "Segment {number} ist geprüft.",
    saidLeft: "Segment {number} bleibt ein Entwurf.",
    saidUndone: "Segment {number}: rückgängig gemacht",
    saidAll: "Alle gezeigten Segmente sind geprüft. Speichern Sie die Entscheidungen.",
    saidEmpty: "Es gibt keine Übersetzung, die man annehmen könnte.",
    saidNoName: "Schreiben Sie zuerst Ihren Namen: Die Redaktion hält fest, wer geprüft hat.",
    saidNothing: "Noch hat sich nichts geändert: Es gibt nichts zu speichern.",
    saidSaved: "Geänderte Einträge: {count}, in {file}. Schicken Sie diese Datei an die Redaktion zurück.",
    missing: "{tag} fehlt.",
    unknown: "{tag} steht nicht in der Quelle.",
    twice: "{tag} steht zu oft da.",
    before: "{tag} steht vor <{number}>.",
    crossed: "{tag} steht in einem anderen Paar als <{number}>.",
    roles: {
      status: "Statuszeile", headline: "Schlagzeile", byline: "Autorenzeile", dateline: "Ort und Datum",
      caption: "Bildunterschrift", alternative: "Alternativtext", lead: "Vorspann", paragraph: "Absatz",
      crosshead: "Zwischentitel", quotation: "Zitat", related: "verwandter Artikel", agency: "Agenturzeile",
      item: "Listenpunkt", cell: "Tabellenzelle", note: "Anmerkung", title: "Seitentitel",
      description: "Beschreibung", keyword: "Schlagwort", cue: "Untertitel",
    },
  },
};

// --- the parts of the page

const DATA = JSON.parse(document.getElementById("data").textContent);
const part = (id) => document.getElementById(id);
let speaks = "en";
let percent = null;

/** Return a sentence in the language of the page. */
function say(name, values = {}) {
  return WORDS[speaks][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Make an element; texts among the children are always text, never markup. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function spoken(name, word, attributes = {}) {
  return make(name, { ...attributes, "data-say": word });
}

function tell(text) {
  part("said").textContent = text;
}

// --- what was decided, and where it is kept

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

// --- inline codes

const TAG = /<(\/)?(\d+)(\/)?>/g;

/** Say what is wrong with the tags of a translation; null where nothing is. */
function fault(source, text) {
  const times = (tags, tag) => tags.filter((one) => one === tag).length;
  const wanted = source.match(TAG) ?? [];
  const found = text.match(TAG) ?? [];
  for (const tag of new Set([...wanted, ...found])) {
    if (times(found, tag) < times(wanted, tag)) return say("missing", { tag });
    if (times(found, tag) > times(wanted, tag)) return say(wanted.includes(tag) ? "twice" : "unknown", { tag });
  }
  const open = [];
  for (const [tag, close, number, alone] of text.matchAll(TAG)) {
    if (close) {
      if (!open.includes(number)) return say("before", { tag, number });
      if (open.pop() !== number) return say("crossed", { tag, number });
    } else if (!alone) {
      open.push(number);
    }
  }
  return null;
}

/** Return a text as nodes, its tags marked. */
function withTags(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(TAG)) {
    nodes.push(text.slice(at, match.index), make("span", { class: "tag" }, match[0]));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)];
}

function withoutTags(text) {
  return text.replace(/(\p{L}|\p{N})<\d+\/>(?=\p{L}|\p{N})/gu, "$1 ").replace(TAG, "");
}

// --- the list of segments

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

// --- what a person does

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

// --- finding

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const FILTERS = {
  filterAll: () => true,
  filterOpen: (index) => !isReviewed(index),
  filterFindings: (index) => DATA.items[index].findings.length > 0,
  filterStale: (index) => DATA.items[index].state === "stale",
  filterChanged: (index) => decisions.has(index),
};

/** Show the segments that the filter and the search let through; what is decided later stays until they change. */
function sift() {
  const wanted = folded(part("search").value.trim());
  const lets = FILTERS[part("filter").value];
  const list = part("list");
  // Out of sight and laid out so, a thousand segments change in milliseconds; Chromium needs seconds one by one.
  list.hidden = true;
  void list.offsetHeight;
  DATA.items.forEach((item, index) => {
    const found = !wanted || folded(`${item.source}\n${textOf(index)}`).includes(wanted);
    rows[index].element.hidden = !(found && lets(index));
  });
  list.hidden = false;
  countShown();
}

function countShown() {
  const count = DATA.items.filter((_, index) => isShown(index)).length;
  part("shown").textContent = say("shown", { count, all: rows.length });
}

function count() {
  const reviewed = DATA.items.filter((_, index) => isReviewed(index)).length;
  part("counted").textContent = say("counted", { reviewed, all: rows.length });
  part("progress").max = Math.max(1, rows.length);
  part("progress").value = reviewed;
}

// --- the story as running text

const HEADS = { headline: "h3", title: "h3", crosshead: "h4", quotation: "blockquote" };

function story() {
  let last = 1;
  for (const block of DATA.story) {
    // The text that stands for a picture is not read with the story.
    if (block.role === "alternative") continue;
    if (block.story !== last) part("story").append(make("hr"));
    last = block.story;
    const element = make(HEADS[block.role] ?? "p", { "data-role": block.role, ...DATA.into });
    for (const piece of block.pieces) {
      if (typeof piece === "string") {
        element.append(piece);
        continue;
      }
      const span = make("span");
      rows[piece].spans.push(span);
      element.append(span);
    }
    part("story").append(element);
  }
}

/** Show an entry in the running text: its words, or the source's. */
function read(span, index) {
  const text = textOf(index).trim();
  const { lang, dir } = text ? DATA.into : DATA.from;
  span.lang = lang;
  span.dir = dir;
  span.className = !text ? "missing" : isReviewed(index) ? "" : "open";
  span.textContent = withoutTags(text || DATA.items[index].source);
}

// --- what goes back

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

// --- the language of the page

function chosenLanguage() {
  const asked = [recall(`${KEPT}interface`), ...(navigator.languages ?? [navigator.language])];
  return asked.map((tag) => (tag ?? "").slice(0, 2)).find((tag) => tag in WORDS) ?? "en";
}

function speak(language) {
  speaks = language;
  percent = new Intl.NumberFormat(language, { style: "percent" });
  document.documentElement.lang = language;
  part("interface").value = language;
  const names = new Intl.DisplayNames([language], { type: "language" });
  const from = names.of(DATA.from.lang);
  const into = names.of(DATA.into.lang);
  const made = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  document.title = part("title").textContent = say("title", { document: DATA.document });
  part("about").textContent = say("about", { from, into, count: rows.length, made: made.format(new Date(DATA.made)) });
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-say-label]")) {
    one.setAttribute("aria-label", say(one.dataset.sayLabel));
  }
  for (const one of document.querySelectorAll("[data-from]")) {
    one.textContent = say(one.dataset.from, { language: from });
  }
  for (const one of document.querySelectorAll("[data-into]")) {
    one.textContent = say(one.dataset.into, { language: into });
  }
  for (const one of document.querySelectorAll("[data-not]")) {
    one.textContent = say("not", { words: one.dataset.not });
  }
  rows.forEach((_, index) => {
    complain(index, "");
    update(index);
  });
  tell("");
  count();
  countShown();
}

// --- the beginning

openStorage();
DATA.items.forEach((item, index) => {
  recallDecision(index);
  rows.push(row(item, index));
});
part("filter").append(...Object.keys(FILTERS).map((name) => spoken("option", name, { value: name })));
part("list").append(...rows.map(({ element }) => element));
story();
speak(chosenLanguage());
part("person").value = recall(`${KEPT}person`) ?? "";
unsaved = false;

part("interface").addEventListener("change", (event) => {
  keep(`${KEPT}interface`, event.target.value);
  speak(event.target.value);
});
part("person").addEventListener("input", (event) => {
  event.target.removeAttribute("aria-invalid");
  keep(`${KEPT}person`, event.target.value);
});
part("filter").addEventListener("change", sift);
part("search").addEventListener("input", sift);
part("find").addEventListener("submit", (event) => event.preventDefault());
part("next").addEventListener("click", goToNext);
part("save").addEventListener("click", save);
document.addEventListener("keydown", onKey);
// The same page in another window.
window.addEventListener("storage", (event) => {
  const index = DATA.items.findIndex((item) => event.key === MINE + item.id);
  if (index < 0) return;
  recallDecision(index);
  update(index);
  count();
});
window.addEventListener("beforeunload", (event) => {
  if (!storage && unsaved) event.preventDefault();
});
