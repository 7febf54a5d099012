// What the names of a paused text hold: one row each, with the memory that tensors read.

import { format } from "../shared/numbers.js"

const SHOWN = 2 // values of a tensor in a row
const NESTED = 12 // tensors of a module that get rows of their own
const BYTES = { 128: 16, 64: 8, 32: 4, 16: 2, 8: 1 }

// The rows of each frame, the innermost first, and the plain values beside them.
export function framesAt(walk, place) {
  const [now, before] = [walk.view(place), walk.view(place - 1)]
  const letters = new Map()
  return stack(walk, place).map(call => {
    const rows = []
    const values = []
    for (const [name, held] of now.names.get(call.number) ?? []) {
      const was = before.names.get(call.number)?.get(name)
      read(walk, { now, before, rows, values, letters }, name, held, was)
    }
    return { title: call.depth ? call.name : "the text", call: call.number, rows, values }
  })
}

// The calls around a moment, the innermost first.
export function stack(walk, place) {
  const found = []
  for (let call = walk.moment(place).call; call; call = walk.calls.get(call.caller))
    found.push(call)
  return found
}

function read(walk, at, name, held, was) {
  const entry = entryOf(walk, at.now, held)
  if (entry === null) {
    at.values.push({
      name,
      ...change(plain(walk, held), was === undefined ? null : text(walk, at.before, was)),
    })
  } else if (typeof entry[0] === "number") tensor(walk, at, name, held, was)
  else group(walk, at, name, held, was)
}

function tensor(walk, at, name, held, was) {
  const entry = entryOf(walk, at.now, held)
  at.rows.push(rowOf(walk, at, name, held, was ?? null))
  const { requiresGrad, isLeaf, retainsGrad } = formOf(walk, entry)
  if (!requiresGrad || !(isLeaf || retainsGrad)) return
  // What is to be learned has a row for its gradient from the first, which says None.
  const old = was === undefined ? null : entryOf(walk, at.before, was)
  const before = typeof old?.[0] === "number" ? gradientOf(old) : null
  // Of a module's parameters only those gradients that there are: they would be half of its rows.
  if (entry[4] < 0 && name.includes(".")) return
  at.rows.push(rowOf(walk, at, `${name}.grad`, gradientOf(entry), before))
}

const gradientOf = entry => (entry[4] < 0 ? undefined : 2 * entry[4])

// A row for what was `was` and is `held`: undefined is None, and null that there was no such name.
function rowOf(walk, at, name, held, was) {
  const told = (view, one) => (one === undefined ? "None" : text(walk, view, one))
  const values = change(told(at.now, held), was === null ? null : told(at.before, was))
  if (held === undefined) return { name, ...values, shape: "", note: "", memory: null }
  const entry = entryOf(walk, at.now, held)
  const form = formOf(walk, entry)
  const old = was === held ? entryOf(walk, at.before, held) : null
  const isOther = was !== null && was !== undefined && was !== held
  const fresh = values.fresh || isOther || Boolean(old && old !== entry && entry[1] !== old[1])
  return {
    name,
    ...values,
    fresh,
    shape: shapeOf(form),
    note: note(entry, old, isOther),
    memory: memory(walk, at, entry, form),
  }
}

function group(walk, at, name, held, was) {
  const [kind, type, length] = entryOf(walk, at.now, held)
  if (kind === "module") {
    const inner = tensorsIn(walk, at.now, held, name)
    const old = new Map(was === undefined ? [] : tensorsIn(walk, at.before, was, name))
    for (const [path, one] of inner.slice(0, NESTED)) tensor(walk, at, path, one, old.get(path))
    if (inner.length <= NESTED && inner.length) return
  }
  const before = was === undefined ? null : text(walk, at.before, was)
  const said = groupWords(kind, type, length)
  at.values.push({ name, ...change(said, before === null ? null : said) })
}

export const groupWords = (kind, type, length) =>
  kind === "opaque" || kind === "module" ? type : `${type}, ${length} in it`

export function tensorsIn(walk, view, held, path) {
  const entry = entryOf(walk, view, held)
  if (entry === null) return []
  if (typeof entry[0] === "number") return [[path, held]]
  const found = []
  if (entry[0] !== "module") return found
  for (let i = 3; i + 1 < entry.length; i += 2) {
    found.push(...tensorsIn(walk, view, entry[i + 1], `${path}.${entry[i]}`))
  }
  return found
}

const isObject = held => held >= 0 && held % 2 === 0

export function entryOf(walk, view, held) {
  if (!isObject(held)) return null
  const place = view.objects.get(held / 2)
  return place === undefined ? null : walk.wire.entries[place]
}

const plain = (walk, held) => walk.wire.values[(held - 1) / 2]?.[1] ?? ""

export function formOf(walk, entry) {
  const [type, dtype, device, shape, strides, requiresGrad, isLeaf, retainsGrad, gradFn, missing] =
    walk.wire.forms[entry[0]]
  return { type, dtype, device, shape, strides, requiresGrad, isLeaf, retainsGrad, gradFn, missing }
}

// What `held` is, in one line.
export function text(walk, view, held) {
  if (!isObject(held)) return plain(walk, held)
  const entry = entryOf(walk, view, held)
  if (entry === null) return ""
  if (typeof entry[0] !== "number") return entry[1]
  return firstValues(formOf(walk, entry), entry[5])
}

// The first values of a tensor.
export function firstValues({ shape, dtype, missing }, values) {
  if (missing) return `no values (${missing})`
  const size = shape.reduce((all, one) => all * one, 1)
  if (size === 0) return "no values"
  const shown = values.slice(0, SHOWN).map(value => written(value, dtype))
  return shown.join(", ") + (size > shown.length ? ", …" : "")
}

export function written(value, dtype) {
  if (dtype === "bool") return value ? "True" : "False"
  if (typeof value === "number")
    return dtype.startsWith("int") || dtype.startsWith("uint")
      ? String(value).replace("-", "−")
      : format(value)
  return { NaN: "NaN", inf: "∞", "-inf": "−∞" }[value] ?? value
}

export const shapeOf = ({ shape }) =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`

const change = (after, before) => ({ before, after, fresh: before !== after })

function note(entry, old, isOther) {
  if (old && entry[1] > old[1]) return "in place"
  return isOther ? "a new tensor" : ""
}

// Which block of memory is read, and which part of it; equal letters are one block.
function memory(walk, { letters }, entry, { dtype, shape, strides }) {
  const [, , storage, offset] = entry
  if (storage < 0) return null
  if (!letters.has(storage)) letters.set(storage, letter(letters.size))
  const bytes = walk.wire.storages[storage]
  const total = bytes / (BYTES[dtype.replace(/\D/g, "")] ?? 1)
  const last = offset + shape.reduce((sum, size, at) => sum + (size - 1) * strides[at], 0)
  return { letter: letters.get(storage), bytes, total, first: offset, last }
}

const letter = number =>
  (number < 26 ? "" : letter(Math.floor(number / 26) - 1)) + String.fromCharCode(65 + (number % 26))
