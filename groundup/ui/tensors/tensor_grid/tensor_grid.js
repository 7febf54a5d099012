// Tensors drawn cell by cell. Pointing at a cell (or moving to it with the arrow keys) lights the
// cells that belong to it and writes out its arithmetic, with no trip to the server.

import { alignment, fact, panel } from "./panels.js"

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const states = new WeakMap()

export function mount({ parentElement, data, setTriggerValue }) {
  const state = states.get(parentElement) ?? {}
  states.set(parentElement, state)
  const drawing = JSON.stringify(data)
  if (state.drawing === drawing) return
  state.drawing = drawing
  const root = parentElement.querySelector(".tensors")
  draw(root, data)
  const cells = [...root.querySelectorAll(".cell")]
  if (cells[0]) cells[0].tabIndex = 0
  const rest = () => light(root, data, data.lit && cells.find(cell => isAt(cell, data.lit)))
  rest()
  pointing(root, state, cell => light(root, data, cell), rest)
  picking(root, cells, cell => {
    const { panel, index } = cell.dataset
    if (data.pickable.includes(panel)) setTriggerValue("picked", panel + index)
  })
}

function draw(root, data) {
  const fill = (name, parts) => root.querySelector(name).replaceChildren(...parts)
  root.classList.toggle("pickable", data.pickable.length > 0)
  fill(".align", data.align ? [alignment(data.align)] : [])
  fill(".panels", data.panels.map(panel))
  fill(".facts", data.facts.map(fact))
}

function pointing(root, state, enter, leave) {
  const over = event => {
    const cell = event.target.closest(".cell")
    if (cell) enter(cell)
  }
  root.onpointerover = over
  root.onpointerleave = leave
  // There is no onfocusin to assign, and this function runs again at every change of data.
  if (!state.over) root.addEventListener("focusin", event => state.over(event))
  state.over = over
}

function picking(root, cells, pick) {
  root.onclick = event => {
    const cell = event.target.closest(".cell")
    if (cell) pick(cell)
  }
  root.onkeydown = event => {
    const cell = event.target.closest(".cell")
    if (!cell) return
    if (event.key === "Enter" || event.key === " ") pick(cell)
    else if (!move(cells, cell, event.key)) return
    event.preventDefault()
  }
}

const isAt = ({ dataset }, [panel, flat]) =>
  dataset.panel === panel && Number(dataset.flat) === flat

// The nearest cell in the direction of the arrow, as the eye sees it.
function move(cells, from, key) {
  if (!(key in ARROWS)) return false
  const next = nearest(
    cells.map(cell => [cell, ...middle(cell)]),
    middle(from),
    ARROWS[key],
  )
  if (!next) return true
  from.tabIndex = -1
  next.tabIndex = 0
  next.focus()
  return true
}

function middle(cell) {
  const { x, y, width, height } = cell.getBoundingClientRect()
  return [x + width / 2, y + height / 2]
}

// Of [thing, x, y], the thing that lies nearest to (x, y) in a direction; what lies beside it counts
// three times.
export function nearest(places, [x, y], [dx, dy]) {
  const ahead = places.map(([thing, u, v]) => {
    const along = (u - x) * dx + (v - y) * dy
    const beside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx)
    return { thing, along, far: along + 3 * beside }
  })
  return ahead.filter(({ along }) => along > 2).sort((a, b) => a.far - b.far)[0]?.thing
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
