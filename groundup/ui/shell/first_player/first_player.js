// The first page's picture: a line that finds its points, slowly at first, with its five steps.

import { linePanel } from "../../components/player/line.js"
import { lineText } from "../../components/player/readouts.js"
import { read, stateAt } from "../../components/player/track.js"
import { make, readout } from "../../components/shared/elements.js"
import { mounting } from "../../components/transport/transport.js"
import { comeTo, hasBars, STEPS, stepAt } from "./steps.js"

export const mount = mounting({ read, states, panels, readouts, sayTold })

function states({ runs, slow }, position) {
  const step = stepAt(position, slow)
  const state = stateAt(runs[0], comeTo(position, slow))
  return [{ ...state, step, guess: hasBars(step) ? undefined : null }]
}

function panels(part, scene) {
  const items = STEPS.map(([name, about]) => {
    const item = make("li", "", name)
    item.append(make("small", "", about))
    return item
  })
  part(".steps").replaceChildren(...items)
  return [linePanel(part(".fit svg"), scene), ([{ step }]) => light(items, step)]
}

function light(items, step) {
  items.forEach((item, n) => item.classList.toggle("lit", n === step))
}

function readouts(list) {
  const pass = readout(list, "pass")
  const guess = readout(list, "its guess so far")
  return ({ complete, w, b }) => {
    pass.value.textContent = complete
    guess.value.textContent = lineText({ w, b })
  }
}

// No text is walked through beside it.
function sayTold() {
  return ""
}
