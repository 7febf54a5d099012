// The part of a line that raised: marked, with the shapes of its operands beneath it.

import { make } from "../shared/elements.js"
import { groupWords } from "./names.js"
import { ends } from "./parts.js"
import { edge, piecesOf, textOf } from "./places.js"

// Marks it in its line and writes the row beneath; with null, takes all of that away.
export function drawFault(list, fault) {
  for (const old of list.querySelectorAll(".broke, .shapes")) old.remove()
  list.querySelector(".faulted")?.classList.remove("faulted")
  const row = fault && list.children[fault.at[0] - 1]
  if (!row || !piecesOf(row).length) return
  row.classList.add("faulted")
  const text = textOf(row)
  const { start, end } = ends(fault.at, fault.at[0], text)
  if (end > start) mark(row, "broke", start, end)
  const sign = operatorAt(fault, text)
  if (sign) mark(row, "broke sign", sign, sign + fault.operator.length)
  const beneath = row.appendChild(make("pre", "shapes"))
  beneath.style.left = `${edge(row, 0)}px`
  beneath.append(...beneathOf(fault, text).map(([words, kind]) => make("span", kind, words)))
}

function mark(row, kind, start, end) {
  const line = row.appendChild(make("i", kind))
  line.style.left = `${edge(row, start)}px`
  line.style.width = `${edge(row, end) - edge(row, start)}px`
}

// Where the operator stands between its two operands; 0 where it is no sign in this line.
export function operatorAt({ at, operator, operands }, text) {
  const [one, other] = operands.filter(({ at: place }) => place?.[2] === at[0])
  if (!one || !/^[^\w\s.[\]]/.test(operator)) return 0
  const found = text.indexOf(operator, one.at[3])
  return found > 0 && (!other || found < other.at[1]) ? found : 0
}

// The row beneath the line, in pieces: a text and the class that it is drawn in.
export function beneathOf(fault, text) {
  const pieces = []
  const length = () => pieces.reduce((sum, [words]) => sum + [...words].length, 0)
  const put = (column, told) => {
    const blanks = Math.max(column - length(), pieces.length ? 1 : 0)
    if (blanks) pieces.push([" ".repeat(blanks), ""])
    pieces.push(...told)
  }
  const shown = fault.operands.map((one, n) => ({ ...one, told: toldOf(fault, one, n) }))
  const sign = shown.length === 2 ? operatorAt(fault, text) : 0
  if (sign) {
    put(sign - 1 - widthOf(shown[0].told), shown[0].told)
    put(sign, [[fault.operator, "sign"]])
    put(sign + fault.operator.length + 1, shown[1].told)
  } else {
    for (const one of shown) put(one.at?.[0] === fault.at[0] ? one.at[1] : 0, one.told)
  }
  if (!shown.length) put(fault.at[1], [[`↑ ${fault.raised}`, "clash"]])
  if (fault.clash.length === 2) put(length() + 2, [[meeting(fault), "clash"]])
  return pieces
}

const widthOf = told => told.reduce((sum, [words]) => sum + [...words].length, 0)

export function meeting({ operands, clash }) {
  const [one, other] = clash.map(([operand, dimension]) => operands[operand].shape[dimension])
  return `✗ ${one} meets ${other}`
}

function toldOf(fault, one, n) {
  if (!one.shape) return [[one.text ?? groupWords(one.kind, one.type, one.length), ""]]
  const marked = fault.clash.filter(([operand]) => operand === n).map(([, dimension]) => dimension)
  const sizes = one.shape.flatMap((size, at) => [
    ...(at ? [[", ", ""]] : []),
    [String(size), marked.includes(at) ? "clash" : ""],
  ])
  const types = new Set(fault.operands.map(({ dtype }) => dtype).filter(Boolean))
  const rest = one.shape.length === 1 ? ",)" : ")"
  const more = types.size > 1 && one.dtype ? ` ${one.dtype}` : ""
  return [
    [one.name ? "@ (" : "(", ""],
    ...sizes,
    [rest + more + (one.name ? ` ${one.name}` : ""), ""],
  ]
}
