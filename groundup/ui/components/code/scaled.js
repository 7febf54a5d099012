// Two operands whose sizes do not fit, drawn to one scale.

import { node, shape } from "../shared/elements.js"
import { meeting } from "./fault.js"

const LONGEST = 84 // pixels of the largest size
const LEAST = 4
const LETTER = 7.5
const LETTERS = 18
const TOP = 22
const GAP = 26

// The operands as boxes of so many pixels, from left to right; null where there are no two of them.
export function boxes(fault, texts) {
  const shown = fault.operands.map((one, n) => ({ ...one, n })).filter(one => one.shape)
  if (shown.length !== 2 || fault.clash.length !== 2) return null
  const sides = shown.map((one, at) => sidesOf(one, at))
  const scale = LONGEST / Math.max(...sides.flatMap(([rows, columns]) => [rows.size, columns.size]))
  let left = 0
  return sides.map(([rows, columns], at) => {
    const marked = ({ dimension }) =>
      fault.clash.some(([operand, one]) => operand === shown[at].n && one === dimension)
    const [height, width] = [rows, columns].map(({ size }) => Math.max(LEAST, scale * size))
    const name = nameOf(shown[at], texts)
    const before = LETTER * (String(rows.size).length + 1)
    const box = { name, rows: rows.size, columns: columns.size, width, height, left: left + before }
    left += before + Math.max(width, LETTER * name.length) + GAP
    return { ...box, tall: marked(rows), wide: marked(columns) }
  })
}

// Rows and columns of a tensor: its last two dimensions. One alone is a row at the left of an
// operator, and a column at its right.
function sidesOf({ shape: sizes }, at) {
  const last = sizes.length - 1
  const one = { size: 1, dimension: -1 }
  if (last < 0) return [one, one]
  const side = dimension => ({ size: sizes[dimension], dimension })
  if (last === 0) return at ? [side(0), one] : [one, side(0)]
  return [side(last - 1), side(last)]
}

function nameOf({ name, at }, texts) {
  const whole = name ?? texts[at[0] - 1].slice(at[1], at[0] === at[2] ? at[3] : undefined)
  return whole.length > LETTERS ? `${whole.slice(0, LETTERS - 1)}…` : whole
}

// Draws them into `place`, or hides it.
export function drawScaled(place, fault, texts) {
  const both = fault && boxes(fault, texts)
  place.hidden = !both
  if (!both) return place.replaceChildren()
  const height = TOP + Math.max(...both.map(box => box.height)) + 22
  const last = both[1].left + Math.max(both[1].width, LETTER * both[1].name.length)
  const words = meeting(fault)
  const width = last + GAP + LETTER * words.length
  const picture = shape("svg", { width, height, role: "img", "aria-label": words })
  for (const box of both) drawBox(picture, box)
  write(picture, both[1].left - GAP - 4, TOP + 12, fault.operator.length < 4 ? fault.operator : "@")
  write(picture, last + GAP, TOP + 12, words, "clash")
  place.replaceChildren(picture)
}

function drawBox(picture, { left, width, height, rows, columns, tall, wide, name }) {
  node(picture, "rect", { x: left, y: TOP, width, height })
  const beside = write(picture, left - 6, TOP + height / 2 + 4, rows, tall ? "clash" : "")
  beside.setAttribute("text-anchor", "end")
  write(picture, left, TOP - 6, columns, wide ? "clash" : "")
  write(picture, left, TOP + height + 16, name)
}

function write(picture, x, y, words, kind = "") {
  const made = node(picture, "text", { x, y, class: kind })
  made.textContent = words
  return made
}
