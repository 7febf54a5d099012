// The server's answers about moments: each asked for once in a visit, one at a time.

const MOST = 400 // answers that are kept
const PATIENCE = 20_000 // milliseconds after which an answer is not waited for any more

const answers = new Map()
const listeners = new Set()
const asking = { name: null, since: 0, hears: false }

const nameOf = (id, number) => `${id} ${number}`

export const answerTo = (id, number) => answers.get(nameOf(id, number))

// Calls `hear` at each answer, for as long as it says true.
export function onAnswer(hear) {
  listeners.add(hear)
  if (!asking.hears) addEventListener("groundup:parts", ({ detail }) => answered(detail))
  asking.hears = true
}

// Asks what the parts of a moment were worth, unless that is known, or another answer is awaited.
export function ask(id, number, now = Date.now()) {
  const name = nameOf(id, number)
  const busy = asking.name !== null && now - asking.since < PATIENCE
  if (answers.has(name) || busy || !globalThis.groundup?.askParts) return false
  Object.assign(asking, { name, since: now })
  globalThis.groundup.askParts({ id, number })
  return true
}

export function answered({ id, number, parts, fault, again }) {
  const name = nameOf(id, number)
  answers.set(name, { parts, fault, again })
  if (answers.size > MOST) answers.delete(answers.keys().next().value)
  if (asking.name === name) asking.name = null
  for (const hear of listeners) if (!hear()) listeners.delete(hear)
}
