// The race player: the landscape with every path, every loss on one axis, and one racer's inside.

import { readout } from "../../components/shared/elements.js"
import { format } from "../../components/shared/numbers.js"
import { lossPanel } from "../../components/transport/losses.js"
import { mounting } from "../../components/transport/transport.js"
import { groundPanel } from "./ground.js"
import { insidePanel } from "./inside.js"
import { dress, racersPanel } from "./racers.js"
import { read, states } from "./steps.js"

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

// Each racer's numbers are seen in its own button; here they are for who hears them.
function readouts(list) {
  return ({ complete }, { runs }, states) => {
    list.replaceChildren()
    readout(list, "step").value.textContent = complete
    runs.forEach(({ name, loss }, i) => {
      const before = states[i].complete
      if (before) readout(list, `loss of ${name}`).value.textContent = format(loss[before - 1], 3)
    })
  }
}
