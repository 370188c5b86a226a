// The beginning: the page is put together, in the language of its reader.

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
