// Finding: which rows are shown, and how many there are.

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
