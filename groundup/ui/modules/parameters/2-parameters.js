// The player of what a model holds: its loss, and its table of parameters.

const mount = mounting({
  read(data) {
    const runs = [{ name: "", loss: unpacked(data.loss) }]
    const rows = data.rows.map(row => ({ ...row, norms: unpacked(row.norms), grads: unpacked(row.grads) }))
    return { ...data, runs, rows, hover: () => "", steep: isSteep(runs), done: runs[0].loss.length }
  },
  states: (scene, position) => [{ complete: Math.floor(position) }],
  panels: (part, scene, view, tip, go) => [
    tablePanel(part("tbody"), scene),
    lossPanel(part(".loss svg"), scene, view, tip, go),
  ],
  readouts(list) {
    const cells = ["epoch", "loss"].map(name => {
      const row = list.appendChild(document.createElement("div"))
      row.appendChild(document.createElement("dt")).textContent = name
      const value = row.appendChild(document.createElement("dd"))
      value.dataset.name = name
      return value
    })
    return ({ complete }, scene) => {
      const at = complete - 1
      cells[0].textContent = at < 0 ? "—" : at
      cells[1].textContent = at < 0 ? "—" : format(scene.runs[0].loss[at])
    }
  },
})
