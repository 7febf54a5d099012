// A code that is walked through and the picture beside it are two components of one page: all that
// they share is the window. The code tells the moment at which its steps stand, and of which text
// it is, so that no picture follows the recording of another one. The picture tells where it was
// taken to. No server is asked.

const board = () => {
  globalThis.groundup ??= {}
  globalThis.groundup.told ??= new Map()
  return globalThis.groundup.told
}

const announce = (name, detail) =>
  globalThis.dispatchEvent(new CustomEvent(`groundup:${name}`, { detail }))

// The steps of the code panel `key` stand at `moment`, { text, … }; null: nothing is to follow them.
export function tell(key, moment) {
  if ((board().get(key) ?? null) === moment) return
  board().set(key, moment)
  announce("moment", { key })
}

// What the steps of `key` told last, if it is of that text.
export function toldBy(key, text) {
  const moment = board().get(key)
  return moment?.text === text ? moment : null
}

// The picture of `text` was taken to where `at` passes are complete.
export const takenTo = (key, text, at) => announce("place", { key, text, at })

// Somebody is about to step on: what plays shall stop, and say where.
export const hold = key => announce("hold", { key })

// A picture points at `lines` of the code panel `key`.
export const pointAt = (key, lines) => announce("lines", { key, lines })

// Calls `act` with what is announced under `name` to those of `key`; gives back what ends it.
export function onAnnounced(name, key, act) {
  const hear = event => event.detail.key === key() && act(event.detail)
  globalThis.addEventListener(`groundup:${name}`, hear)
  return () => globalThis.removeEventListener(`groundup:${name}`, hear)
}
