// Which part of a line is pointed at, and what it was worth: told by the server
// (groundup/engine/trace/parts.py), or, of a name alone, read from the recording.

import { entryOf, firstValues, formOf, groupWords, shapeOf, text } from "./names.js"
import { over } from "./ways.js"

const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu
const TARGET =
  /^\s*(?:for\s)?([\p{L}\p{N}_., ]+?)\s*(?:(?:\*\*|\/\/|<<|>>|[-+*/@%&|^])?=(?!=)|\sin\s)/u
const SILENT = new Set(["library", "function", "class"])

// The smallest part that covers the place; of equal ones the one that was evaluated last.
export function partAt(parts, line, column) {
  let found = null
  for (const part of parts) {
    const isHere = isAfter(part.at, line, column) && !isPast(part.at, line, column)
    if (isHere && (!found || size(part.at) <= size(found.at))) found = part
  }
  return found
}

const isAfter = ([from, start], line, column) => line > from || (line === from && column >= start)
const isPast = ([, , to, end], line, column) => line > to || (line === to && column >= end)
const size = ([from, start, to, end]) => (to - from) * 10_000 + end - start

// The name under a column, up to the dot after it.
export function nameAt(line, column) {
  for (const { 0: whole, index } of line.matchAll(NAME)) {
    if (column < index || column >= index + whole.length) continue
    const dot = whole.indexOf(".", column - index)
    const name = dot < 0 ? whole : whole.slice(0, dot)
    return { start: index, end: index + name.length, path: name.split(".") }
  }
  return null
}

// Whether what stands at `column` is given a value by its line.
export function isTarget(line, column) {
  const found = line.match(TARGET)
  return Boolean(found) && column < found.index + found[0].length
}

// The moment of a line: the one that the learner stands at, else its last one, else its next.
export function momentOf(walk, at, line) {
  const { line: lines } = walk.wire.moments
  if (lines[at] === line) return { place: at, when: "" }
  const last = lines.lastIndexOf(line, at)
  if (last >= 0) return { place: last, when: "last time" }
  const next = lines.indexOf(line, at)
  return next >= 0 ? { place: next, when: "next time" } : null
}

// The line at which the statement begins that `line` may belong to.
export function statementLine(walk, texts, line) {
  const { line: lines } = walk.wire.moments
  for (let one = line; one > 0; one--) {
    if (lines.includes(one)) return one
    if (/^\s*(#|$)/.test(texts[one - 1] ?? "")) return null
  }
  return null
}

// What a part is worth, as the server told it.
export function worthOf(part) {
  if (part.shape) return tensor(part, part.values)
  if (part.kind) return { value: groupWords(part.kind, part.type, part.length) }
  return { value: part.text }
}

const tensor = (form, values) => ({
  value: firstValues(form, values),
  shape: shapeOf(form),
  dtype: form.dtype,
})

// What a name was worth at a moment: before its statement, or, of what it assigns to, after it.
export function recorded(walk, place, path, target) {
  const call = walk.moment(place).call.number
  const after = walk.view(place)
  const earlier = over(walk, place, -1)
  const before = walk.view(earlier === place ? -1 : earlier)
  const [was, now] = [before, after].map(view => nameIn(walk, view, call, path))
  if (!target) return was ?? now
  return was && now && was.value !== now.value ? { ...now, was: was.value } : now
}

function nameIn(walk, view, call, [first, ...rest]) {
  let held = view.names.get(call)?.get(first) ?? view.names.get(0)?.get(first)
  for (const label of rest) held = inside(walk, view, held, label)
  if (held === undefined || held < 0) return null
  const entry = entryOf(walk, view, held)
  if (entry === null) return plain(walk, view, held)
  if (typeof entry[0] === "number") return tensor(formOf(walk, entry), entry[5])
  return { value: groupWords(...entry.slice(0, 3)) }
}

function plain(walk, view, held) {
  const [kind] = walk.wire.values[(held - 1) / 2] ?? ["library"]
  return SILENT.has(kind) ? null : { value: text(walk, view, held) }
}

function inside(walk, view, held, label) {
  const entry = held === undefined ? null : entryOf(walk, view, held)
  if (entry === null) return undefined
  if (typeof entry[0] === "number") {
    return label === "grad" && entry[4] >= 0 ? 2 * entry[4] : undefined
  }
  if (entry[0] === "dict") return undefined
  for (let i = 3; i + 1 < entry.length; i += 2) if (entry[i] === label) return entry[i + 1]
  return undefined
}

// What is pointed at: where it stands in its line and what it is worth; null where nothing is.
// `told` gives the server's parts of the moment at a place, if they are here.
export function pointed(walk, at, texts, { line, column, part: asked }, told) {
  const begun = statementLine(walk, texts, line)
  const moment = begun && momentOf(walk, at, begun)
  if (!moment) return null
  const written = texts[line - 1]
  const name = nameAt(written, column)
  const target = !asked && Boolean(name) && isTarget(written, column)
  const part = asked ?? (target ? null : partAt(told(moment.place) ?? [], line, column))
  const found = { ...moment, line }
  if (part) return { ...found, part, ...ends(part.at, line, written), worth: worthOf(part) }
  const worth = name && recorded(walk, moment.place, name.path, target)
  return worth ? { ...found, ...name, worth } : { ...found, worth: null }
}

// The columns of a part in one of the lines that it stands in.
export function ends([from, start, to, end], line, written) {
  const first = written.length - written.trimStart().length
  return { start: from === line ? start : first, end: to === line ? end : written.length }
}

// What the keys lead to in a line: its parts in the order of evaluation; before they are told, its
// names.
export function stopsOf(written, line, parts) {
  const here = parts?.filter(({ at }) => at[0] === line)
  if (here?.length) return here.map(part => ({ column: part.at[1], part }))
  return [...written.matchAll(NAME)].map(({ index }) => ({ column: index }))
}
