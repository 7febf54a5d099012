// The race player: the landscape with every path, every loss on one axis, and one racer's inside.

import { lossPanel } from "../../components/transport/losses.js"
import { mounting } from "../../components/transport/transport.js"
import { groundPanel } from "./ground.js"
import { insidePanel } from "./inside.js"
import { dress, racersPanel } from "./racers.js"
import { read, states } from "./steps.js"

// Each racer's numbers stand in its own button.
const readouts = () => () => {}

export const mount = mounting({ read, states, panels, readouts })

function panels(part, scene, axis, tip, go, place) {
  dress(part(".panels").parentElement, scene)
  return [
    racersPanel(part(".racers"), scene, name => place({ watch: name })),
    groundPanel(part(".stack"), scene, place),
    lossPanel(part(".loss svg"), scene, axis, tip, go),
    insidePanel(part(".inside"), scene),
  ]
}
