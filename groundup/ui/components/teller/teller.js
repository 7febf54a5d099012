// Carries a code panel's question about a moment to the server, and the answer back to all panels.

export function mount({ data, setTriggerValue }) {
  globalThis.groundup ??= {}
  globalThis.groundup.askParts = question => setTriggerValue("asked", question)
  if (data.id) dispatchEvent(new CustomEvent("groundup:parts", { detail: data }))
}
