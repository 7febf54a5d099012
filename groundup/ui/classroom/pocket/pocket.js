// Keeps in this browser what it is known by in rooms, so that a reload is no second learner and the
// teacher's room is found again. `data` is { learner, teacher, heard }: what the server gave or
// knows (`teacher` is null where the page is a learner's), and whether it heard this browser yet.

import { sayUnasked } from "../../components/shared/leaving.js"

const nameOf = (what, { pathname }) => `groundup-room-${what}:${pathname.replace(/[^/]*$/, "")}`

export function exchanged(storage, place, { learner, teacher, heard }) {
  const [mine, taught] = ["learner", "teacher"].map(what => nameOf(what, place))
  if (storage.getItem(mine) === null) storage.setItem(mine, learner)
  if (heard && teacher !== null) storage.setItem(taught, teacher)
  return `${storage.getItem(mine)} ${storage.getItem(taught) ?? ""}`
}

export function mount({ data, setStateValue }) {
  let known = data.learner
  try {
    known = exchanged(localStorage, location, data)
  } catch {
    // A browser that keeps nothing is known until its page is reloaded.
  }
  if (!data.heard) return sayUnasked(() => setStateValue("known", known))
}
