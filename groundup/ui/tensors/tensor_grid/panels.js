// The parts of the drawing: panels of cells, facts, and shapes that are lined up.

import { make } from "../../components/shared/elements.js"

// One name and its value; the first three are what a reader looks for.
export function fact([name, value], index) {
  const box = make("div", index < 3 ? "key fact" : "fact")
  box.append(make("dt", "", name), make("dd", "", value))
  return box
}

// A tensor, or its storage, with its title.
export function panel(p) {
  const box = make("section", `panel${p.places ? " strip" : ""}${p.dense ? " dense" : ""}`)
  box.append(titleOf(p))
  if (p.axes.length) box.append(make("p", "axes", p.axes.join("   ")))
  if (p.places) box.append(strip(p))
  else if (p.says) box.append(make("p", "empty", p.says))
  const blocks = p.blocks ?? []
  box.append(...blocks.map(row => blockRow(p, row, blocks.length === 1)))
  return p.sign ? signed(p.sign, box) : box
}

function titleOf({ title, caption }) {
  const line = make("p", "title")
  line.append(make("code", "", title), make("span", "caption", caption))
  return line
}

function blockRow(p, row, wraps) {
  const line = make("div", wraps ? "block-row wraps" : "block-row")
  line.append(...row.map(b => (b ? block(p, b) : make("span", "gap", "⋯"))))
  return line
}

// A panel with the sign of an operation before it.
function signed(sign, box) {
  const joined = make("div", "joined")
  joined.append(make("span", "sign", sign), box)
  return joined
}

function block(p, b) {
  const box = make("div")
  if (b.label) box.append(make("div", "block-label", b.label))
  const table = box.appendChild(make("table", "block"))
  if (b.columns.some(c => c !== null)) table.createTHead().append(headOf(b.columns))
  const body = table.createTBody()
  for (const [label, cells] of b.rows) {
    const row = body.insertRow()
    row.append(headCell(label ?? (b.rows.length > 1 ? "⋮" : "")))
    row.append(...cells.map(c => (c ? cellOf(p, c, "td") : make("td", "gap", "⋯"))))
  }
  return box
}

// A head that says nothing is none.
const headCell = text => (text === "" ? make("td", "corner") : make("th", "", text))

function headOf(columns) {
  const head = make("tr")
  head.append(headCell(""), ...columns.map(c => make("th", "", c ?? "⋯")))
  return head
}

function cellOf(p, [text, flat, name], tag) {
  const marks = Object.entries(p.marks)
    .filter(([, flats]) => flats.includes(flat))
    .map(([mark]) => mark)
  const cell = make(tag, ["cell", ...marks].join(" "), text)
  cell.dataset.panel = p.id
  cell.dataset.flat = flat
  cell.tabIndex = -1
  if (p.can) cell.classList.add("can")
  cell.dataset.index = name
  cell.setAttribute("aria-label", `${name}: ${text}`)
  return cell
}

function strip(p) {
  const line = make("div", "places")
  p.places.forEach((text, index) => {
    const box = line.appendChild(make("div", "place"))
    box.append(cellOf(p, [text, index, `place ${index}`], "div"), make("small", "", index))
  })
  if (p.more) line.append(make("span", "gap", p.more))
  return line
}

// Shapes written below each other from the right, and what becomes of each pair of sizes.
export function alignment({ rows, marks }) {
  const table = make("table")
  for (const { name, sizes, kind } of rows) {
    const row = table.insertRow()
    row.className = kind
    row.append(make("th", "", name), ...sizes.map(([text, style]) => make("td", style, text)))
  }
  const last = table.insertRow()
  last.append(headCell(""), ...marks.map(text => make("td", "mark", text)))
  return table
}
