// What the checks doubt of the words in the field, with what mends it, or a reason to leave it.

import { _, about, ask, button, byId, element } from "./desk.js";
import { replace } from "./field.js";
import { current, load } from "./segment.js";
import { decided } from "./decisions.js";

export function doubt({ doubts }) {
  const place = byId("doubts");
  const said = JSON.stringify([current.id, doubts]);
  // What says the same stays, with the reason that is being written in it; nobody is told twice.
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  place.replaceChildren(...doubts.map((one) => {
    const line = element("p", "", { className: `doubt ${one.waived ? "waived" : one.severity}` });
    line.append(`${one.message} `, element("small", one.check));
    if (one.waived) line.append(" ", element("small", _("left as it is: {reason}", { reason: one.waived })));
    else {
      if (one.mend) line.append(" ", button(_("Put in"), () => replace(one.mend)));
      line.append(" ", waiver(one.check));
    }
    return line;
  }));
}

function waiver(check) {
  const details = element("details");
  const reason = element("input", "", { type: "text" });
  reason.setAttribute("aria-label", _("Leave it: why?"));
  const send = async () => {
    if (!reason.value.trim()) return reason.focus();
    const { id } = current;
    await decided(ask(about("waive"), { id, check, reason: reason.value }), _("saved"));
    load(id);
  };
  reason.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") send();
  });
  details.append(element("summary", _("Leave it: why?")), reason, " ", button(_("Keep"), send));
  return details;
}
