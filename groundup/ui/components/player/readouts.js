// The training player's numbers, and the names of its lines.

import { make, node, readout } from "../shared/elements.js"
import { format } from "../shared/numbers.js"
import { numbersAt } from "./track.js"

// Those of a line w·x + b stand in rows that another model's player hides.
const OF_A_LINE = ["w", "b", "w.grad", "b.grad"]

export function createReadouts(list) {
  const epoch = readout(list, "epoch")
  const cells = Object.fromEntries(["loss", ...OF_A_LINE].map(name => [name, readout(list, name)]))
  const formula = readout(list, "formula")
  for (const name of OF_A_LINE) cells[name].row.className = "line-number"
  formula.row.className = "formula line-number"
  return ({ complete }, scene) => {
    const numbers = numbersAt(scene, complete)
    epoch.label.textContent = scene.word ?? "epoch"
    epoch.value.textContent = numbers.epoch ?? "—"
    formula.label.textContent = momentOf(numbers, scene)
    for (const [name, cell] of Object.entries(cells)) {
      cell.label.textContent = labelOf(name, numbers)
      cell.value.textContent = written(name, numbers)
      cell.value.classList.toggle("old", Boolean(numbers.old?.[name]))
    }
    formula.value.textContent = lineText(numbers)
  }
}

// A gradient of the line, over all its points; where a text is walked through, what its .grad holds.
function labelOf(name, { moment, isHeld, old }) {
  if (old?.[name]) return `${name}, old w`
  return moment && !isHeld ? name.replace(/^(.)\.grad$/, "∂loss/∂$1") : name
}

function momentOf({ moment, epoch }, { ahead }) {
  if (!ahead) return "The line now"
  return moment ?? `Epoch ${epoch}, in mid-step`
}

function written(name, numbers) {
  if (numbers[name] === null) return name.endsWith(".grad") ? "None" : "—"
  return format(numbers[name])
}

export function lineText({ w, b }) {
  if (w === null || b === null) return "—"
  return `ŷ = ${format(w, 3)}·x ${b < 0 ? "−" : "+"} ${format(Math.abs(b), 3)}`
}

// Which line is whose, by its dashes and its name; a run alone needs no name.
export function drawLegend(list, runs) {
  list.hidden = runs.length < 2
  list.replaceChildren(
    ...runs.map(({ name }, i) => {
      const item = make("li")
      const sample = node(item, "svg", { width: 34, height: 12, "aria-hidden": "true" })
      node(sample, "line", { class: `curve run-${i}`, x1: 0, x2: 34, y1: 6, y2: 6 })
      item.append(name)
      return item
    }),
  )
}
