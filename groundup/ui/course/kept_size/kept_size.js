// Keeps in this browser how large its learner reads. `data` is { size, heard }: the size that was
// chosen in this visit, or "" for none, and whether this browser has said what it keeps.

import { sayUnasked } from "../../components/shared/leaving.js"

const SIZES = ["small", "normal", "large"]

const nameOf = ({ pathname }) => `groundup-size:${pathname.replace(/[^/]*$/, "")}`

// What the browser has to say once: the size it keeps, or "" for none.
export function exchanged(storage, place, { size }) {
  if (SIZES.includes(size)) storage.setItem(nameOf(place), size)
  const kept = storage.getItem(nameOf(place))
  return SIZES.includes(kept) ? kept : ""
}

export function mount({ data, setTriggerValue }) {
  try {
    const kept = exchanged(localStorage, location, data)
    if (!data.heard && !data.size && kept) return sayUnasked(() => setTriggerValue("kept", kept))
  } catch {
    // A browser that keeps nothing shows the usual size with each visit.
  }
}
