// The network player: the boundary, both losses, the gradients, and the hidden units.

import { readout } from "../../components/shared/elements.js"
import { format, percent } from "../../components/shared/numbers.js"
import { lossPanel } from "../../components/transport/losses.js"
import { mounting } from "../../components/transport/transport.js"
import { fieldPanel } from "./field.js"
import { drawing, read, states } from "./recording.js"
import { gradientsPanel } from "./gradients.js"
import { unitsPanel } from "./units.js"

const FIELD_NAMES = {
  classes: "What it answers: ● or ■ (hollow: kept for the test)",
  surface: "Its answer, low to high (hollow: for the test)",
  curve: "The fitted curve (hollow: kept for the test)",
}
const STILL = "Hidden units whose output is the same for every example"

export const mount = mounting({ read, states, panels, readouts })

function panels(part, scene, axis, tip, go) {
  part(".field-name").textContent = FIELD_NAMES[scene.kind]
  return [
    drawing(part(".units"), scene, () => unitsPanel(part(".units"), scene)),
    drawing(part(".stack"), scene, () => fieldPanel(part(".stack"), scene)),
    lossPanel(part(".loss svg"), scene, axis, tip, go),
    gradientsPanel(part(".gradients svg"), scene),
  ]
}

function readouts(list) {
  const names = ["epoch", "train loss", "test loss", "train", "test", "still units"]
  const cells = names.map(name => readout(list, name))
  cells[5].label.title = STILL
  return (state, scene) => {
    cells[3].label.textContent = `train ${scene.score}`
    cells[4].label.textContent = `test ${scene.score}`
    const texts = [...scores(state, scene), stillUnits(state, scene)]
    texts.forEach((text, n) => (cells[n].value.textContent = text))
  }
}

function scores({ complete }, { runs: [train, test], score }) {
  const at = complete - 1
  if (at < 0) return Array(5).fill("—")
  const share = score === "accuracy" ? percent : format
  const losses = [format(train.loss[at]), format(test.loss[at])]
  return [at, ...losses, share(train.score[at]), share(test.score[at])]
}

function stillUnits({ before }, { frames, hidden }) {
  const sum = list => list.reduce((total, n) => total + n, 0)
  return hidden.length ? `${sum(frames.idle[before])} of ${sum(hidden)}` : "—"
}
