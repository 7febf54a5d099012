// A chain of operations: what stands before and after each, drawn to scale, and the arithmetic.

import { make, node, shape } from "../../components/shared/elements.js"

const STEP = 3 // pixels from one channel's sheet to the next
const SIGNS = { fits: "→", trap: "⚠", fails: "✗", waits: "…" }

export function mount({ parentElement, data }) {
  const { stages, operations } = data
  const input = { text: "", notes: ["what goes in"], state: "input" }
  const steps = [input, ...operations].map((operation, index) => {
    const step = make("div", "step")
    step.setAttribute("role", "listitem")
    step.append(operationBox(operation))
    if (stages[index]) step.append(stageBox(stages[index]))
    return step
  })
  parentElement.querySelector(".chain").replaceChildren(...steps)
}

function operationBox({ text, notes, state }) {
  const box = make("div", `operation ${state}`)
  if (text) {
    const title = box.appendChild(make("div", "title"))
    title.append(make("span", "sign", `${SIGNS[state]} `), make("code", "", text))
  }
  box.append(...notes.map(note => make("div", "note", note)))
  return box
}

function stageBox(stage) {
  const box = make("div", "stage")
  const drawing = box.appendChild(make("div", "drawing"))
  drawing.append(sheets(stage))
  for (const part of ["name", "shape", "says"]) box.append(make("div", part, stage[part]))
  return box
}

// One sheet a channel, the last in front.
function sheets({ sheets: count, width, height }) {
  const shift = (count - 1) * STEP + 2
  const svg = shape("svg", { width: width + shift, height: height + shift, "aria-hidden": "true" })
  for (let i = 0; i < count; i++) {
    const place = 1 + i * STEP
    node(svg, "rect", { class: "sheet", x: place, y: place, width, height })
  }
  return svg
}
