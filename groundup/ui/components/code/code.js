// A text with line numbers, its recipe of steps, and marks on the lines that matter now.

const seen = new WeakMap()

export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const root = parentElement.querySelector(".code")
  const list = parentElement.querySelector(".lines")
  root.style.setProperty("--height", data.height ? `${data.height}px` : "auto")
  root.classList.toggle("pick", data.pick)

  if (seen.get(parentElement) !== data.text) {
    seen.set(parentElement, data.text)
    list.replaceChildren(...data.lines.map(line))
  }
  drawRecipe(parentElement.querySelector(".recipe"), data)
  drawWatch(parentElement.querySelector(".watch"), data.watch)
  const marks = { running: [data.running], failed: [data.failed], changed: data.changed, lit: data.lit }
  ;[...list.children].forEach((row, index) => {
    for (const [mark, lines] of Object.entries(marks)) {
      row.classList.toggle(mark, lines.includes(index + 1))
    }
    if (index + 1 === data.running) row.setAttribute("aria-current", "step")
    else row.removeAttribute("aria-current")
  })
  list.onclick = event => {
    const row = event.target.closest(".line")
    if (data.pick && row) setTriggerValue("line", [...list.children].indexOf(row) + 1)
  }
  look(list, data.running ?? data.failed ?? data.changed[0] ?? data.lit[0] ?? data.look)
}

function line(pieces, index) {
  const row = document.createElement("div")
  row.className = "line"
  row.setAttribute("role", "listitem")
  const number = row.appendChild(document.createElement("span"))
  number.className = "number"
  number.textContent = index + 1
  for (const [kind, text] of pieces) {
    const piece = row.appendChild(document.createElement("span"))
    piece.className = kind === "number" ? "number-literal" : kind
    piece.textContent = text
  }
  return row
}

function drawRecipe(list, data) {
  list.replaceChildren(...data.recipe.map(([number, title]) => {
    const item = document.createElement("li")
    item.textContent = `${number} ${title}`
    item.classList.toggle("now", number === data.step)
    return item
  }))
}

// The variables before → after the running line; what changed is marked by weight and ground.
function drawWatch(table, watch) {
  table.hidden = !watch
  if (!watch) return
  table.caption.textContent = watch.title
  table.tHead.rows[0].replaceChildren(...watch.columns.map(name => cell("th", name)))
  table.tBodies[0].replaceChildren(...watch.rows.map(row => {
    const line = document.createElement("tr")
    line.replaceChildren(...row.map(([before, now]) => {
      const fresh = before !== now
      const item = cell("td", fresh ? `${before} → ${now}` : now)
      item.classList.toggle("fresh", fresh)
      item.classList.toggle("none", now === "None")
      return item
    }))
    return line
  }))
}

function cell(tag, text) {
  const item = document.createElement(tag)
  item.textContent = text
  return item
}

// Scrolls the panel, and never the page, until `number` stands in its upper half.
function look(list, number) {
  const row = number && list.children[number - 1]
  if (!row) return
  const top = row.offsetTop - list.offsetTop
  const shown = top >= list.scrollTop + 4 && top + row.offsetHeight <= list.scrollTop + list.clientHeight - 4
  if (!shown) list.scrollTop = Math.max(0, top - list.clientHeight * 0.3)
}
