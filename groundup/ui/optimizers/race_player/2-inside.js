// The rule of the racer that is looked into: each line as a formula, and with the numbers of the
// latest complete step put in, for both parameters.

// Nobody reads faster; setting dozens of numbers sixty times a second would cost the paths frames.
const PAUSE = 80

function insidePanel(section, scene) {
  const { rule, params } = scene
  section.hidden = !rule
  if (!rule) return () => {}
  section.querySelector("strong").textContent = `Inside ${scene.watched}`
  section.querySelector("code").textContent = rule.code
  section.querySelector(".given").innerHTML = rule.given
    .map(one => `${one.symbol} = ${one.value.replace("-", "−")}`).join(" &nbsp; ")
  const table = section.querySelector("table")
  table.replaceChildren(headOf(params))
  const gradient = { cases: [], said: "the gradient", state: "grad", symbol: "<math><msub><mi>g</mi><mi>t</mi></msub></math>" }
  const lines = [{ ...gradient, name: "grad" }, ...rule.lines]
  const rows = lines.map((line, n) => rowOf(table, line, params, n - 1))
  const index = scene.runs.findIndex(run => run.name === scene.watched)
  const now = section.querySelector(".now")
  let [shown, wanted, last, timer] = [-1, -1, 0, 0]
  return states => {
    wanted = states[index].complete
    if (wanted === shown) return
    const wait = last + PAUSE - performance.now()
    if (wait <= 0) write()
    else timer ||= setTimeout(write, wait)
  }

  function write() {
    clearTimeout(timer)
    ;[shown, last, timer] = [wanted, performance.now(), 0]
    table.classList.toggle("waiting", shown === 0)
    now.textContent = shown ? `step ${shown}` : "before the first step"
    if (shown) for (const row of rows) row(shown - 1)
  }

  function rowOf(table, line, params, n) {
    const row = table.appendChild(document.createElement("tr"))
    const name = document.createElement("th")
    name.scope = "row"
    name.append(line.said)
    if (line.state) {
      const key = document.createElement("code")
      key.textContent = line.state
      name.append(" ", key)
    }
    const formula = document.createElement("td")
    formula.className = "formula"
    formula.innerHTML = line.cases.length ? formulaOf(line) : line.symbol
    row.append(name, formula)
    const cells = params.map(() => row.appendChild(document.createElement("td")))
    const writers = cells.map((cell, place) => writer(cell, line, rule.numbers[place], n))
    return step => writers.forEach(write => write(step))
  }
}

function headOf(params) {
  const head = document.createElement("tr")
  head.innerHTML = '<th scope="col" class="now"></th><th scope="col">formula</th>' +
    params.map(name => `<th scope="col">${name}</th>`).join("")
  return head
}

function formulaOf({ symbol, cases }) {
  const equals = symbol.replace("</math>", "<mo>=</mo></math>")
  const written = cases.map(({ formula, when }) => {
    const condition = when ? ` ${when}` : cases.length > 1 ? " else" : ""
    return `<span>${formula}${condition}</span>`
  })
  return `${equals} <span class="cases">${written.join("")}</span>`
}

// Writes one parameter's numbers of a step into its cell; the markup changes only with the case.
function writer(cell, line, { columns, cases }, n) {
  let now = -1
  let slots = []
  return step => {
    const which = line.cases.length ? cases[n][step] : 0
    if (which !== now) {
      now = which
      const result = `<mn data-n="${line.name}" class="result"></mn>`
      const inside = line.cases.length ? `${line.cases[which].slots.slice(6, -7)}<mo>=</mo>` : ""
      cell.innerHTML = `<math><mrow>${inside}${result}</mrow></math>`
      slots = [...cell.querySelectorAll("[data-n]")].map(slot => ({
        slot, column: columns[slot.dataset.n], bracketed: "b" in slot.dataset,
      }))
    }
    for (const { slot, column, bracketed } of slots) {
      const value = column[step]
      const text = format(value)
      slot.textContent = bracketed && value < 0 ? `(${text})` : text
    }
  }
}
