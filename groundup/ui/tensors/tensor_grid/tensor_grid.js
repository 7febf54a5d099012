// Tensors drawn cell by cell. Pointing at a cell (or moving to it with the arrow keys) lights the
// cells that belong to it and writes out its arithmetic, with no trip to the server.

const states = new WeakMap()

export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const state = states.get(parentElement) ?? {}
  states.set(parentElement, state)
  const root = parentElement.querySelector(".tensors")
  const drawn = JSON.stringify(data)
  if (state.drawn === drawn) return
  state.drawn = drawn

  root.classList.toggle("pickable", data.pickable.length > 0)
  parentElement.querySelector(".align").replaceChildren(...(data.align ? [alignment(data.align)] : []))
  parentElement.querySelector(".panels").replaceChildren(...data.panels.flatMap(panel))
  parentElement.querySelector(".facts").replaceChildren(...data.facts.map(fact))
  const cells = [...root.querySelectorAll(".cell")]
  if (cells[0]) cells[0].tabIndex = 0
  const find = cell => cell && data.panels.find(p => p.id === cell.dataset.panel)
  light(root, data, data.lit ? cells.find(c => same(c, data.lit)) : null)

  const over = event => {
    const cell = event.target.closest(".cell")
    if (cell) light(root, data, cell)
  }
  root.onpointerover = over
  // There is no onfocusin to assign, and this function runs again at every change of data.
  if (!state.over) root.addEventListener("focusin", event => state.over(event))
  state.over = over
  root.onpointerleave = () => light(root, data, data.lit ? cells.find(c => same(c, data.lit)) : null)
  const pick = cell => {
    if (find(cell) && data.pickable.includes(cell.dataset.panel)) {
      setTriggerValue("picked", cell.dataset.panel + cell.dataset.index)
    }
  }
  root.onclick = event => pick(event.target.closest(".cell"))
  root.onkeydown = event => {
    const cell = event.target.closest(".cell")
    if (!cell) return
    if (event.key === "Enter" || event.key === " ") pick(cell)
    else if (!move(cells, cell, event.key)) return
    event.preventDefault()
  }
}

const same = (cell, [panel, flat]) => cell.dataset.panel === panel && Number(cell.dataset.flat) === flat

// The nearest cell in the direction of the arrow, as the eye sees it.
function move(cells, from, key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? []
  if (dx === undefined) return false
  const middle = cell => { const r = cell.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }
  const [x, y] = middle(from)
  const ahead = cells
    .map(cell => { const [u, v] = middle(cell); return [cell, (u - x) * dx + (v - y) * dy, Math.abs((u - x) * dy) + Math.abs((v - y) * dx)] })
    .filter(([, along]) => along > 2)
    .sort((p, q) => p[1] + 3 * p[2] - q[1] - 3 * q[2])
  if (ahead.length === 0) return true
  from.tabIndex = -1
  ahead[0][0].tabIndex = 0
  ahead[0][0].focus()
  return true
}

function light(root, data, cell) {
  for (const lit of root.querySelectorAll(".lit, .self")) lit.classList.remove("lit", "self")
  const note = root.querySelector(".note")
  if (!cell) {
    note.textContent = data.hint
    return
  }
  const { panel, flat } = cell.dataset
  const links = data.links[panel]?.[flat] ?? {}
  for (const other of root.querySelectorAll(".cell")) {
    if (links[other.dataset.panel]?.includes(Number(other.dataset.flat))) other.classList.add("lit")
  }
  cell.classList.remove("lit")
  cell.classList.add("self")
  note.textContent = data.notes[panel]?.[flat] ?? ""
}

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

function fact([name, value], index) {
  const box = make("div", index < 3 ? "key fact" : "fact")
  box.append(make("dt", "", name), make("dd", "", value))
  return box
}

function panel(p) {
  const box = make("section", `panel${p.places ? " strip" : ""}${p.dense ? " dense" : ""}`)
  const title = box.appendChild(make("p", "title"))
  title.append(make("code", "", p.title), make("span", "caption", p.caption))
  if (p.axes.length) box.append(make("p", "axes", p.axes.join("   ")))
  if (p.places) box.append(strip(p))
  else if (p.says) box.append(make("p", "empty", p.says))
  for (const row of p.blocks ?? []) {
    const line = box.appendChild(make("div", p.blocks.length === 1 ? "block-row wraps" : "block-row"))
    line.append(...row.map(b => (b ? block(p, b) : make("span", "gap", "⋯"))))
  }
  if (!p.sign) return [box]
  const joined = make("div", "joined")
  joined.append(make("span", "sign", p.sign), box)
  return [joined]
}

function block(p, b) {
  const box = make("div")
  if (b.label) box.append(make("div", "block-label", b.label))
  const table = box.appendChild(make("table", "block"))
  if (b.columns.some(c => c !== null)) {
    const head = table.createTHead().insertRow()
    head.append(make("th"), ...b.columns.map(c => make("th", "", c ?? "⋯")))
  }
  const body = table.createTBody()
  for (const [label, cells] of b.rows) {
    const row = body.insertRow()
    row.append(make("th", "", label ?? (b.rows.length > 1 ? "⋮" : "")))
    row.append(...cells.map(c => (c ? cellOf(p, c, "td") : make("td", "gap", "⋯"))))
  }
  return box
}

function cellOf(p, [text, flat, name], tag) {
  const marks = Object.entries(p.marks).filter(([, flats]) => flats.includes(flat)).map(([mark]) => mark)
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

function alignment({ rows, marks }) {
  const table = make("table")
  for (const { name, sizes, kind } of rows) {
    const row = table.insertRow()
    row.className = kind
    row.append(make("th", "", name), ...sizes.map(([text, style]) => make("td", style, text)))
  }
  const last = table.insertRow()
  last.append(make("th"), ...marks.map(text => make("td", "mark", text)))
  return table
}
