// Keeps the name of this tab's visit. A reload, or Back from another site, begins another visit: then
// the page is told which one stood here before. A link that was opened in this tab begins anew.

import { sayUnasked } from "../../components/shared/leaving.js"

const KEY = "groundup-visit"

export function mount({ data, setTriggerValue }) {
  const before = sessionStorage.getItem(KEY)
  sessionStorage.setItem(KEY, data.name)
  if (before && before !== data.name && wasThere())
    sayUnasked(() => setTriggerValue("before", before))
}

function wasThere() {
  const [entry] = performance.getEntriesByType("navigation")
  return entry?.type === "reload" || entry?.type === "back_forward"
}
