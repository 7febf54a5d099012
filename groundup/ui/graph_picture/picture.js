// Makes the nodes of the graph that Streamlit draws beside this bar clickable, and saves its SVG.
//
// The chart draws itself anew whenever it likes, so the clicks are heard on the container that
// holds both, and the drawing is looked for only when it is needed.

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
    if (node) setTriggerValue("node", node.querySelector("title").textContent)
  }
  const over = event => {
    const node = event.target.closest?.(".stGraphVizChart g.node")
    if (node) node.style.cursor = "pointer"
  }
  holder.addEventListener("click", clicked)
  holder.addEventListener("mouseover", over)
  bar.querySelector(".save").onclick = () => save(holder, data)

  // The chart is laid out a little later than this is called.
  const timers = [80, 400].map(wait => setTimeout(() => show(holder, data.look), wait))

  const cleanUp = () => {
    timers.forEach(clearTimeout)
    holder.removeEventListener("click", clicked)
    holder.removeEventListener("mouseover", over)
  }
  cleanUps.set(parentElement, cleanUp)
  return cleanUp
}

// Scrolls the chart's own box, and never the page, until the node stands inside it.
function show(holder, title) {
  const nodes = [...holder.querySelectorAll(".stGraphVizChart g.node")]
  const node = nodes.find(one => one.querySelector("title").textContent === title)
  let box = node && node.closest(".stGraphVizChart").parentElement
  while (box && box !== holder && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement
  if (!box || box === holder) return
  const inner = node.getBoundingClientRect(), outer = box.getBoundingClientRect()
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return
  box.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
}

function save(holder, { name, ground }) {
  const drawn = holder.querySelector(".stGraphVizChart svg")
  if (!drawn) return
  const copy = drawn.cloneNode(true)
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink")
  const [x, y, width, height] = copy.getAttribute("viewBox").split(/[ ,]+/)
  copy.setAttribute("width", `${width}pt`)
  copy.setAttribute("height", `${height}pt`)
  copy.removeAttribute("style")
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect")
  for (const [key, value] of Object.entries({ x, y, width, height, fill: ground })) {
    back.setAttribute(key, value)
  }
  copy.prepend(back)
  const link = document.createElement("a")
  const text = new XMLSerializer().serializeToString(copy)
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
