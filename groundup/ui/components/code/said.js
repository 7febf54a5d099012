// What is said of a moment, in words.

import { framesAt, text } from "./names.js"

const MOST = 3

// Where the moment lies: loops, calls, line.
export function place(walk, at) {
  const { passes, call, line } = walk.moment(at)
  const loops = passes.map(one => `${one.target || `loop at line ${one.line}`} ${one.index}`)
  return [...loops, ...(call.depth ? [call.name] : []), `line ${line}`].join(" › ")
}

// What its statement did.
export function sentence(walk, at) {
  const { line, kind, call, returned, raised, skipped } = walk.moment(at)
  const gap = skipped ? `${skipped.toLocaleString("en")} statements before it are not kept. ` : ""
  if (raised) return `${gap}Line ${line} raised ${raised.kind}: ${raised.words}`
  if (returned !== undefined) {
    return ended(
      `${gap}Line ${line}: ${call.name} hands back ${text(walk, walk.view(at), returned)}`,
    )
  }
  return `${gap}Line ${line} ${kind === "loop" ? "begins a pass" : "ran"}. ${changes(walk, at)}`.trim()
}

const ended = said => (said.endsWith("…") ? said : `${said}.`)

function changes(walk, at) {
  const [frame] = framesAt(walk, at)
  const fresh = [...frame.rows, ...frame.values].filter(row => row.fresh)
  const told = fresh
    .slice(0, MOST)
    .map(({ name, before, after }) =>
      before === null ? `${name} is ${after}` : `${name} went from ${before} to ${after}`,
    )
  const more = fresh.length - told.length
  if (more > 0) told.push(`${more} more changed`)
  return told.length ? ended(told.join("; ")) : "No name changed."
}
