// The training player: the line, its loss, and its path over w and b.

import { lossPanel } from "../transport/losses.js"
import { mounting } from "../transport/transport.js"
import { curvePanel } from "./curve.js"
import { linePanel } from "./line.js"
import { createReadouts, drawLegend } from "./readouts.js"
import { surfacePanel } from "./surface.js"
import { toldSentence } from "./told.js"
import { read, states } from "./track.js"

export const mount = mounting({
  read,
  states,
  panels,
  readouts: createReadouts,
  sayTold: toldSentence,
})

function panels(part, scene, axis, tip, go, place) {
  dress(part, scene)
  return [
    (scene.curves ? curvePanel : linePanel)(part(".fit svg"), scene),
    lossPanel(part(".loss svg"), scene, axis, tip, go),
    scene.surface ? surfacePanel(part(".surface svg"), scene, place) : () => {},
  ]
}

function dress(part, scene) {
  const { classList } = part("figure.fit").closest(".player")
  classList.toggle("curve", !scene.surface && !scene.hand)
  // Where the learner is the optimizer there is nothing to play; where a hidden line is looked for,
  // the surface would show it.
  classList.toggle("by-hand", Boolean(scene.hand))
  classList.toggle("searching", Boolean(scene.hand) && !scene.surface)
  drawLegend(part(".legend"), scene.runs)
  if (scene.curves) part(".fit figcaption").textContent = "The curve and its data"
  const stride = scene.runs[0].track.stride ?? 1
  const thinned = stride > 1 ? `, one step in ${stride}` : ""
  part(".surface figcaption").textContent = `Loss over w and b${thinned}`
}
