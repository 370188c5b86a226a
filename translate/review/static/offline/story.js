// The story as running text.

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
