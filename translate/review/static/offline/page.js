// The parts of the page, and what is said in them.

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
