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
  bar.querySelector(".size").onclick = () => {
    bar.dataset.whole = bar.dataset.whole === "yes" ? "" : "yes"
    fit(holder, bar)
    show(holder, data.look)
  }

  let frame = 0
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(paintNow)
  })
  const paintNow = () => {
    observer.disconnect()
    paint(holder, data)
    fit(holder, bar)
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

// Into the text node that is there: the chart's library remembers it, and a next graph drawn over
// one whose text nodes were replaced would come out empty.
function write(text, content) {
  if (text.firstChild && text.firstChild.nodeValue !== content) text.firstChild.nodeValue = content
}

// A graph that would have to shrink until nobody can read it keeps its size, and scrolls, unless the
// learner asks for the whole of it.
function fit(holder, bar) {
  const svg = holder.querySelector(".stGraphVizChart svg")
  if (!svg) return
  const [, , width] = svg.getAttribute("viewBox").split(/[ ,]+/)
  const natural = width * 4 / 3, room = scrolling(svg).clientWidth
  const large = natural > 1.35 * room, whole = bar.dataset.whole === "yes"
  const button = bar.querySelector(".size")
  button.hidden = !large
  button.textContent = whole ? "Full size" : "See all of it"
  svg.style.display = "block"
  svg.style.margin = "0 auto"
  svg.style.maxWidth = large && !whole ? "none" : "100%"
  svg.style.width = `${natural}px`
}

// The box around the chart that scrolls.
function scrolling(element) {
  let box = element.parentElement
  while (box.parentElement && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
  return box
}

// Scrolls the chart's own box, and never the page, until the node stands inside it.
function show(holder, wanted) {
  const node = drawn(holder, "node").find(one => title(one) === wanted)
  if (!node) return
  const box = scrolling(node.closest(".stGraphVizChart"))
  if (!holder.contains(box)) return
  const inner = node.getBoundingClientRect(), outer = box.getBoundingClientRect()
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
  }
  if (inner.left < outer.left || inner.right > outer.right) {
    box.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
  }
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
