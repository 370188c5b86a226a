// The list of segments: which are shown, in which order, and which one is open.

import { _, about, alarm, ask, byId, tell } from "./desk.js";

export const rows = byId("rows");
export let order = [...rows.children].map((row) => row.dataset.id);
export const row = (id) => rows.querySelector(`li[data-id="${CSS.escape(id)}"]`);
export const here = () => rows.querySelector("li.here")?.dataset.id;
const spans = (id) => document.querySelectorAll(`.page .s[data-id="${CSS.escape(id)}"]`);

/** Show in the list and in both texts which segment is open. */
export function mark(id) {
  for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
  for (const link of rows.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
  const place = row(id);
  place.classList.add("here");
  reachable(place);
  place.firstElementChild.setAttribute("aria-current", "true");
  place.scrollIntoView({ block: "nearest" });
  for (const span of spans(id)) span.classList.add("here");
  for (const name of ["source", "edition"]) {
    document.querySelector(`#${name} .s[data-id="${id}"]`)?.scrollIntoView({ block: "center" });
  }
  history.replaceState(null, "", `#${id}`);
  alarm(`back:${id}`, null);
}

/** Of the list, the tab key comes to one row. */
function reachable(place) {
  for (const link of rows.querySelectorAll('a[tabindex="0"]')) link.tabIndex = -1;
  if (place) place.firstElementChild.tabIndex = 0;
}

/** The next row after one, from the top again, that is shown and is wanted. */
export function following(id, wanted) {
  const start = order.indexOf(id);
  for (let step = 1; step < order.length; step += 1) {
    const place = row(order[(start + step) % order.length]);
    if (place && !place.hidden && wanted(place)) return place.dataset.id;
  }
  return null;
}

export function count() {
  const done = rows.querySelectorAll('li[data-state="reviewed"]').length;
  byId("progress").value = done;
  byId("counted").textContent = _("{done} of {every} reviewed", { done, every: rows.children.length });
}

function filter() {
  const [wanted, text] = [byId("filter").value, byId("search").value.toLowerCase()];
  for (const one of rows.children) {
    const fits = wanted === "" || (wanted === "waiting" && one.dataset.state !== "reviewed")
      || (wanted === "doubtful" && "doubtful" in one.dataset) || (wanted === "noted" && "noted" in one.dataset);
    one.hidden = !fits || (text !== "" && !one.textContent.toLowerCase().includes(text));
  }
  const shown = [...rows.children].filter((one) => !one.hidden);
  reachable(shown.find((one) => one.dataset.id === here()) ?? shown[0]);
}

function sort() {
  const number = (one) => Number(one.querySelector(".n").textContent);
  const risk = byId("order").value === "risk";
  const sorted = [...rows.children].sort((one, other) =>
    (risk ? other.dataset.risk - one.dataset.risk : 0) || number(one) - number(other));
  rows.append(...sorted);
  order = sorted.map((one) => one.dataset.id);
}

let searching = 0;

byId("search").addEventListener("input", () => {
  filter();
  clearTimeout(searching);
  searching = setTimeout(async () => {
    try {
      byId("concordance").innerHTML = (await ask(about("concordance", { words: byId("search").value }))).html;
    } catch (error) {
      tell(error);
    }
  }, 400);
});

byId("filter").addEventListener("change", filter);
byId("order").addEventListener("change", sort);
