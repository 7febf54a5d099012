// The player of what a model holds: its loss, and its table of parameters.

import { floats } from "../../components/shared/decoding.js"
import { readout } from "../../components/shared/elements.js"
import { format } from "../../components/shared/numbers.js"
import { isSteep, lossPanel } from "../../components/transport/losses.js"
import { mounting } from "../../components/transport/transport.js"
import { tablePanel } from "./table.js"

export const mount = mounting({ read, states, panels, readouts })

function read(data) {
  const runs = [{ name: "", loss: floats(data.loss) }]
  const rows = data.rows.map(row => ({
    ...row,
    norms: floats(row.norms),
    grads: floats(row.grads),
  }))
  return { ...data, runs, rows, hover: () => "", steep: isSteep(runs), done: runs[0].loss.length }
}

function states(_, position) {
  return [{ complete: Math.floor(position) }]
}

function panels(part, scene, axis, tip, go) {
  return [tablePanel(part("tbody"), scene), lossPanel(part(".loss svg"), scene, axis, tip, go)]
}

function readouts(list) {
  const [epoch, loss] = ["epoch", "loss"].map(name => readout(list, name).value)
  return ({ complete }, { runs: [run] }) => {
    const at = complete - 1
    epoch.textContent = at < 0 ? "—" : at
    loss.textContent = at < 0 ? "—" : format(run.loss[at])
  }
}
