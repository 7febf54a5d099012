// Carries a code panel's question about a moment to the server, and the answer back to all panels.

import { sayUnasked } from "../shared/leaving.js"

export function mount({ data, setTriggerValue }) {
  globalThis.groundup ??= {}
  globalThis.groundup.askParts = question => sayUnasked(() => setTriggerValue("asked", question))
  if (data.id) dispatchEvent(new CustomEvent("groundup:parts", { detail: data }))
}
