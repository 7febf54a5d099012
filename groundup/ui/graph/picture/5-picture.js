// The graph in a box that scrolls, zooms and can be dragged; a click on a node says which it was.

const LEAST = 0.7, STEP = 1.25

const pictures = new WeakMap()

function mount(component) {
  const { parentElement, data, setTriggerValue } = component
  const state = pictures.get(parentElement) ?? { zoom: null }
  pictures.set(parentElement, state)
  const find = name => parentElement.querySelector(name)
  const stage = find(".stage")
  state.stage = stage
  stage.hidden = find(".bar").hidden = !data.picture
  if (data.picture) picture(state, find, component)
  steps(state, find, component, at => {
    if (!data.picture) return
    paint(state.svg, data.picture, at)
    show(state, data.picture.looks[at])
  })
  stage.onclick = event => {
    const node = event.target.closest("g.node")
    if (node && !state.dragged) setTriggerValue("node", node.dataset.key)
  }
  return () => {
    halt(state)
    clearTimeout(state.telling)
    state.observer?.disconnect()
    removeEventListener("keydown", state.key)
    removeEventListener("pointerdown", state.pointer, true)
  }
}

function picture(state, find, component) {
  const { data } = component, { stage } = state, { graph, hint } = data.picture
  const font = getComputedStyle(stage).fontFamily, drawing = JSON.stringify([graph, font])
  state.again = () => {
    state.drawing = ""
    picture(state, find, component)
    state.show()
  }
  if (state.drawing !== drawing) {
    lettered(state, font)
    Object.assign(state, { drawing, zoom: null }, drawn(graph, font))
    stage.replaceChildren(state.svg)
    stage.scrollTo(0, 0)
  }
  state.svg.setAttribute("aria-label", data.alt)
  find(".hint").textContent = hint
  const resized = () => {
    fit(state)
    find(".size").textContent = state.zoom === "all" ? "Full size" : "See all of it"
    find(".size").hidden = state.zoom !== "all" && state.scale <= whole(state) + 0.01
  }
  const zoomed = (zoom, about) => {
    zoomTo(state, zoom, about)
    resized()
  }
  resized()
  find(".size").onclick = () => {
    zoomed(state.zoom === "all" ? 1 : "all")
    show(state, data.picture.looks[state.at])
  }
  find(".larger").onclick = () => zoomed(state.scale * STEP)
  find(".smaller").onclick = () => zoomed(state.scale / STEP)
  find(".full").onclick = () => (document.fullscreenElement ? document.exitFullscreen() : find(".picture").requestFullscreen())
  find(".full").hidden = !document.fullscreenEnabled
  find(".save").onclick = () => save(state, data.picture)
  // With Ctrl (or two fingers on a pad), as in maps; without it the wheel scrolls, as everywhere.
  stage.onwheel = event => {
    if (!event.ctrlKey) return
    event.preventDefault()
    zoomed(state.scale * Math.exp(-event.deltaY / 300), event)
  }
  draggable(state)
  state.observer?.disconnect()
  state.observer = new ResizeObserver(() => state.zoom === null && resized())
  state.observer.observe(stage)
}

// A face that is still on its way is measured as another one: then the picture is drawn once more.
function lettered(state, font) {
  const faces = ["", "bold "].map(weight => `${weight}${FONT}px ${font}`)
  if (faces.every(face => document.fonts.check(face))) return
  Promise.all(faces.map(face => document.fonts.load(face))).then(() => state.again())
}

// The scale at which all of the graph is seen.
function whole({ stage, width, height }) {
  const tallest = parseFloat(getComputedStyle(stage).maxHeight) || stage.clientHeight
  return Math.min(1, (stage.clientWidth - 2) / width, (tallest - 2) / height)
}

// Of its own accord a graph is shown whole, or as wide as the box, as long as it can still be read.
function fit(state) {
  const { stage, svg, width, height } = state
  const wide = Math.min(1, (stage.clientWidth - 2) / width)
  const kept = whole(state) >= LEAST ? whole(state) : wide >= LEAST ? wide : 1
  state.scale = state.zoom === "all" ? whole(state) : state.zoom ?? kept
  svg.style.width = `${width * state.scale}px`
  svg.style.height = `${height * state.scale}px`
}

// Zooms about a point of the screen, or about the middle of the box.
function zoomTo(state, zoom, about) {
  const { stage } = state, box = stage.getBoundingClientRect(), old = state.scale
  const [x, y] = about ? [about.clientX - box.x, about.clientY - box.y] : [box.width / 2, box.height / 2]
  state.zoom = zoom === "all" ? zoom : Math.min(3, Math.max(0.1, zoom))
  const left = stage.scrollLeft + x, top = stage.scrollTop + y
  fit(state)
  stage.scrollLeft = left * state.scale / old - x
  stage.scrollTop = top * state.scale / old - y
}

// Drags with the mouse; fingers scroll by themselves.
function draggable(state) {
  const { stage } = state
  stage.onpointerdown = event => {
    state.dragged = false
    if (event.pointerType !== "mouse" || event.button) return
    const [x, y, left, top] = [event.clientX, event.clientY, stage.scrollLeft, stage.scrollTop]
    stage.onpointermove = move => {
      if (Math.hypot(move.clientX - x, move.clientY - y) > 4) state.dragged = true
      stage.scrollTo(left + x - move.clientX, top + y - move.clientY)
    }
    stage.onpointerup = stage.onpointerleave = () => { stage.onpointermove = null }
  }
}

// Scrolls the box, and never the page, until the node stands inside it.
function show({ stage, svg }, wanted) {
  const node = wanted && svg.querySelector(`g.node[data-key="${wanted}"]`)
  if (!node) return
  const inner = node.getBoundingClientRect(), outer = stage.getBoundingClientRect()
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    stage.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
  }
  if (inner.left < outer.left || inner.right > outer.right) {
    stage.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
  }
}

function save({ svg, width, height }, { name, colours }) {
  const copy = svg.cloneNode(true)
  copy.removeAttribute("style")
  set(copy, { xmlns: SVG, width, height })
  copy.prepend(make("rect", { width, height, fill: colours.ground }))
  const text = new XMLSerializer().serializeToString(copy)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
