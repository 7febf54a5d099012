// The network player: the boundary, both losses, the gradients, and the hidden units.

const FIELD_NAMES = {
  classes: "What it answers: ● or ■ (hollow: kept for the test)",
  surface: "Its answer, low to high (hollow: for the test)",
  curve: "The fitted curve (hollow: kept for the test)",
}

const mount = mounting({
  read,
  states,
  panels(part, scene, view, tip, go) {
    part(".field-name").textContent = FIELD_NAMES[scene.kind]
    return [
      drawing(part(".units"), scene, () => unitsPanel(part(".units"), scene)),
      drawing(part(".stack"), scene, () => fieldPanel(part(".stack"), scene)),
      lossPanel(part(".loss svg"), scene, view, tip, go),
      gradientsPanel(part(".gradients svg"), scene),
    ]
  },
  readouts(list) {
    const names = ["epoch", "train loss", "test loss", "train", "test", "still units"]
    const cells = names.map(name => {
      const row = list.appendChild(document.createElement("div"))
      const [label, value] = ["dt", "dd"].map(tag => row.appendChild(document.createElement(tag)))
      label.textContent = name
      value.dataset.name = name
      return { label, value }
    })
    cells[5].label.title = "Hidden units whose output is the same for every example"
    return ({ complete, before }, scene) => {
      const at = complete - 1
      const [train, test] = scene.runs
      cells[3].label.textContent = `train ${scene.score}`
      cells[4].label.textContent = `test ${scene.score}`
      const share = v => (scene.score === "accuracy" ? `${(100 * v).toFixed(1)} %` : format(v, 4))
      const idle = scene.frames.idle[before].reduce((sum, n) => sum + n, 0)
      const units = scene.hidden.reduce((sum, n) => sum + n, 0)
      const texts = at < 0 ? ["—", "—", "—", "—", "—"] : [
        at, format(train.loss[at]), format(test.loss[at]), share(train.score[at]), share(test.score[at]),
      ]
      const all = [...texts, units ? `${idle} of ${units}` : "—"]
      all.forEach((text, n) => (cells[n].value.textContent = text))
    }
  },
})
