// Inline codes: numbered tags in the words.

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
