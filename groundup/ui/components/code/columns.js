// The columns of the trace table: what each name holds at the moments of its rows, and the same
// as a file of numbers.

import { entryOf, formOf, tensorsIn, text, written } from "./names.js"
import { format } from "../shared/numbers.js"

const SHOWN = 8 // columns, where the learner chose none
const SMALL = 4 // values of a tensor that is among those
const PLAIN = ["int", "float", "bool", "str", "NoneType", "complex"]
const PYTHON = { NaN: "nan", inf: "inf", "-inf": "-inf" }
const NOTHING = { shown: "None", parts: [], number: 0 }

// A column for each name, in the order in which they appear; a cell is null where there is no such
// name. A name that the first columns tell has none.
export function columnsOf(walk, rows, heads) {
  const columns = new Map()
  const kept = rows.filter(row => row.place !== undefined)
  const order = [...kept.keys()].sort((a, b) => kept[a].place - kept[b].place)
  const cells = new Cells(walk)
  const places = order.map(at => kept[at].place)
  walk.sweep(places, (view, n) => {
    const at = order[n]
    for (const [name, cell] of cells.at(view, kept[at].call)) {
      if (heads.includes(name)) continue
      if (!columns.has(name)) columns.set(name, { name, cells: Array(kept.length).fill(null) })
      columns.get(name).cells[at] = cell
    }
  })
  return [...columns.values()].map(column => described(column, kept))
}

// Equal states of a run are one cell, so only different ones are looked into. A pass that was not
// finished does not tell whether its names change at the end of passes.
function described({ name, cells }, kept) {
  const told = [...new Set(cells)].filter(Boolean)
  const whole = new Set(cells.filter((cell, at) => cell && !kept[at].isCut))
  const parts = new Set(told.flatMap(cell => cell.parts.map(([part]) => part)))
  return {
    name,
    cells,
    parts: parts.size ? [...parts] : [""],
    isSmall: parts.size <= SMALL && !told.some(cell => cell.isWide),
    changes: new Set([...whole].map(cell => JSON.stringify(cell.parts))).size > 1,
  }
}

// The columns that are there at first: what is small and, where there is a loop, changes from row
// to row. What has two names, as a parameter of a model may, is there under the shorter one.
export function firstChoice(columns, isLoop) {
  const small = columns.filter(({ isSmall }) => isSmall)
  const fresh = small.filter(({ changes }) => changes)
  const found = [isLoop ? fresh : [], small, columns].find(some => some.length) ?? []
  const shortest = new Map()
  for (const { name, cells } of found) {
    const isTensor = cells.some(cell => cell?.isTensor)
    const told = isTensor ? cells.map(cell => cell?.number).join() : name
    if (name.length < (shortest.get(told)?.length ?? Infinity)) shortest.set(told, name)
  }
  const names = new Set(shortest.values())
  return found
    .map(({ name }) => name)
    .filter(name => names.has(name))
    .slice(0, SHOWN)
}

// What each name holds at a moment, as a reader and a file are told it.
class Cells {
  constructor(walk) {
    Object.assign(this, { walk, known: new Map() })
  }

  // What the names of a call hold, and those of the calls around it that it does not hide.
  at(view, call) {
    const cells = new Map()
    for (let one = call; one; one = this.walk.calls.get(one.caller)) {
      const own = new Map()
      for (const [name, held] of view.names.get(one.number) ?? []) this.add(view, own, name, held)
      for (const [name, cell] of own) if (!cells.has(name)) cells.set(name, cell)
    }
    return cells
  }

  add(view, cells, name, held) {
    const { walk } = this
    if (entryOf(walk, view, held) === null) return this.addPlain(cells, name, held)
    for (const [path, one] of tensorsIn(walk, view, held, name)) {
      const entry = entryOf(walk, view, one)
      cells.set(path, this.tensor(view, one))
      const { requiresGrad, isLeaf, retainsGrad } = formOf(walk, entry)
      if (!requiresGrad || !(isLeaf || retainsGrad)) continue
      const gradient = 2 * entry[4]
      cells.set(`${path}.grad`, gradient < 0 ? NOTHING : this.tensor(view, gradient))
    }
  }

  addPlain(cells, name, held) {
    const [kind, value] = this.walk.wire.values[(held - 1) / 2] ?? []
    const make = () => ({ shown: plain(kind, value), parts: [["", value]] })
    if (kind === "NoneType") cells.set(name, NOTHING)
    else if (PLAIN.includes(kind)) cells.set(name, this.once(`=${held}`, make))
  }

  tensor(view, held) {
    const entry = entryOf(this.walk, view, held)
    if (entry === null) return null
    const make = () => ({ ...tensorCell(this.walk, view, held, entry), isTensor: true })
    return this.once(view.objects.get(held / 2), make)
  }

  once(key, make) {
    if (!this.known.has(key)) this.known.set(key, { ...make(), number: this.known.size + 1 })
    return this.known.get(key)
  }
}

function plain(kind, text) {
  if (kind === "int") return text.replace("-", "−")
  if (kind !== "float") return text
  return format(Number(text.replace("inf", "Infinity")))
}

function tensorCell(walk, view, held, entry) {
  const { dtype, shape, missing } = formOf(walk, entry)
  const values = entry[5]
  const size = shape.reduce((all, one) => all * one, 1)
  if (missing || !size) return { shown: text(walk, view, held), parts: [] }
  if (values.length === size) {
    const parts = values.map((value, at) => [place(shape, at), full(value, dtype)])
    return { shown: text(walk, view, held), parts }
  }
  const [least, most] = entry.slice(6)
  if ((least ?? null) === null) return { shown: text(walk, view, held), parts: [], isWide: true }
  const parts = [
    [".min()", full(least, dtype)],
    [".max()", full(most, dtype)],
  ]
  return { shown: `${written(least, dtype)} to ${written(most, dtype)}`, parts, isWide: true }
}

// How Python asks for the value at `at` of all, in reading order: "[0, 1]".
function place(shape, at) {
  const steps = []
  for (const size of [...shape].reverse()) {
    steps.unshift(at % size)
    at = Math.floor(at / size)
  }
  return shape.every(size => size === 1) ? "" : `[${steps.join(", ")}]`
}

// A value of a tensor with all of its digits, as Python writes `item()`.
function full(value, dtype) {
  if (dtype === "bool") return value ? "True" : "False"
  if (typeof value === "string") return PYTHON[value] ?? value
  return String(dtype === "float32" ? Math.fround(value) : value)
}

// The table as a file of comma-separated values.
export function csvOf(heads, rows, columns) {
  const names = columns.flatMap(({ name, parts }) => parts.map(part => name + part))
  const kept = rows.filter(row => row.place !== undefined)
  const lines = kept.map(({ labels }, at) => [...labels, ...columns.flatMap(values(at))])
  return [[...heads, ...names], ...lines].map(line => `${line.map(quoted).join(",")}\r\n`).join("")
}

const values = at => column => {
  const told = new Map(column.cells[at]?.parts)
  return column.parts.map(part => told.get(part) ?? "")
}

const quoted = value =>
  /[",\r\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value)
