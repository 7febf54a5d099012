// Brings the graph that Streamlit draws above this bar to the moment that the learner is at, makes
// its nodes clickable, and saves its SVG.
//
// The graph is laid out once: texts, outlines and arrows are painted over it, which takes a
// millisecond where a new drawing of a hundred nodes takes seconds. The chart draws itself whenever
// it likes (at first, in another theme, at full screen), so each drawing is painted again.

const cleanUps = new WeakMap()

export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  cleanUps.get(parentElement)?.()
  const bar = parentElement.querySelector(".bar")
  bar.querySelector(".hint").textContent = data.hint
  const holder = document.querySelector(`.st-key-${data.holder}`)
  if (!holder) return

  const clicked = event => {
    const node = event.target.closest?.(".stGraphVizChart g.node")
    if (node) setTriggerValue("node", title(node))
  }
  holder.addEventListener("click", clicked)
  bar.querySelector(".save").onclick = () => save(holder, data)

  let frame = 0
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(paintNow)
  })
  const paintNow = () => {
    observer.disconnect()
    paint(holder, data)
    show(holder, data.look)
    observer.observe(holder, { childList: true, subtree: true })
  }
  paintNow()

  const cleanUp = () => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    holder.removeEventListener("click", clicked)
  }
  cleanUps.set(parentElement, cleanUp)
  return cleanUp
}

function drawn(holder, kind) {
  return [...holder.querySelectorAll(`.stGraphVizChart g.${kind}`)]
}

function title(group) {
  return group.querySelector("title").textContent
}

function paint(holder, { nodes, edges }) {
  for (const group of drawn(holder, "node")) {
    const [rows, ...line] = nodes[title(group)] ?? []
    if (!rows) continue
    const shapes = group.querySelectorAll("polygon, polyline, ellipse, path")
    outline(shapes, ...line)
    const box = shapes[0].getBBox()
    group.style.cursor = "pointer"
    group.querySelectorAll("text").forEach((text, place) => {
      // Graphviz set it flush left for the text that it measured.
      set(text, { "text-anchor": "middle", x: box.x + box.width / 2 })
      write(text, rows[place] ?? "")
    })
  }
  for (const group of drawn(holder, "edge")) {
    const [text, ...line] = edges[group.id] ?? []
    if (text === undefined) continue
    outline(group.querySelectorAll("path"), ...line)
    outline(group.querySelectorAll("polygon"), line[0], 1, false)
    group.querySelectorAll("polygon").forEach(head => set(head, { fill: line[0] }))
    group.querySelectorAll("text").forEach(label => write(label, text))
  }
  holder.dataset.painted = drawn(holder, "node").length
}

function outline(shapes, colour, width, dashed) {
  const dashes = dashed ? "5,2" : "none"
  shapes.forEach(shape => set(shape, { stroke: colour, "stroke-width": width, "stroke-dasharray": dashes }))
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}

function write(text, content) {
  if (text.textContent !== content) text.textContent = content
}

// Scrolls the chart's own box, and never the page, until the node stands inside it.
function show(holder, wanted) {
  const node = drawn(holder, "node").find(one => title(one) === wanted)
  let box = node && node.closest(".stGraphVizChart").parentElement
  while (box && box !== holder && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement
  if (!box || box === holder) return
  const inner = node.getBoundingClientRect(), outer = box.getBoundingClientRect()
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return
  box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
}

function save(holder, { name, ground }) {
  const svg = holder.querySelector(".stGraphVizChart svg")
  if (!svg) return
  const copy = svg.cloneNode(true)
  copy.removeAttribute("style")
  const [x, y, width, height] = copy.getAttribute("viewBox").split(/[ ,]+/)
  set(copy, {
    xmlns: "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    width: `${width}pt`,
    height: `${height}pt`,
  })
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect")
  set(back, { x, y, width, height, fill: ground })
  copy.prepend(back)
  const link = document.createElement("a")
  const text = new XMLSerializer().serializeToString(copy)
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
