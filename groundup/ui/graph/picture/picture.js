// The graph in a box that scrolls, zooms and can be dragged; a click on a node says which it was.

import { tell } from "../../components/shared/channel.js"
import { drawn, FONT, paintMoment } from "./drawing.js"
import { save } from "./saving.js"
import { Steps } from "./steps.js"
import { bringIntoView, draggable, fit, isSmallerThanWhole, zoomTo } from "./zooming.js"

const STEP = 1.25

const pictures = new WeakMap()

export function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  if (!pictures.has(parentElement)) pictures.set(parentElement, new Picture(parentElement))
  const picture = pictures.get(parentElement)
  picture.pick = key => setTriggerValue("node", key)
  picture.take(data, at => setStateValue("held", at))
  return () => {
    picture.end()
    pictures.delete(parentElement)
  }
}

// `zoom` is what the learner chose: a scale, "all", or null; `scale` is the one that came of it.
class Picture {
  zoom = null
  scale = 1
  wasDragged = false

  constructor(parentElement) {
    this.find = name => parentElement.querySelector(name)
    this.stage = this.find(".stage")
    this.steps = new Steps(this.find)
    this.observer = new ResizeObserver(() => this.svg && this.zoom === null && this.resized())
    this.observer.observe(this.stage)
    this.#connect()
    draggable(this)
  }

  take(data, hear) {
    this.data = data.picture
    this.stage.hidden = !data.picture
    this.find(".bar").hidden = !data.picture
    if (data.picture) this.#draw(data.alt)
    this.leads = data.leads
    this.steps.take(data, hear, at => {
      tell(data.leads, { text: data.id, at })
      if (data.picture) this.#show(at)
    })
  }

  end() {
    tell(this.leads, null)
    this.steps.end()
    this.observer.disconnect()
  }

  #connect() {
    const { find, stage } = this
    find(".size").onclick = () => {
      this.#zoom(this.zoom === "all" ? 1 : "all")
      bringIntoView(this, this.data.looks[this.steps.at])
    }
    find(".larger").onclick = () => this.#zoom(this.scale * STEP)
    find(".smaller").onclick = () => this.#zoom(this.scale / STEP)
    find(".full").onclick = () => fullScreen(find(".picture"))
    find(".full").hidden = !document.fullscreenEnabled
    find(".save").onclick = () => save(this, this.data)
    stage.onclick = event => this.#click(event.target.closest("g.node"))
    stage.onwheel = event => this.#wheel(event)
  }

  #click(node) {
    if (node && !this.wasDragged) this.pick(node.dataset.key)
  }

  // With Ctrl (or two fingers on a pad), as in maps; without it the wheel scrolls, as everywhere.
  #wheel(event) {
    if (!event.ctrlKey) return
    event.preventDefault()
    this.#zoom(this.scale * Math.exp(-event.deltaY / 300), event)
  }

  #zoom(zoom, about) {
    zoomTo(this, zoom, about)
    this.resized()
  }

  resized() {
    fit(this)
    this.find(".size").textContent = this.zoom === "all" ? "Full size" : "See all of it"
    this.find(".size").hidden = this.zoom !== "all" && isSmallerThanWhole(this)
  }

  #draw(alt) {
    const font = getComputedStyle(this.stage).fontFamily
    const drawing = JSON.stringify([this.data.graph, font])
    if (this.drawing !== drawing) {
      Object.assign(this, { drawing, zoom: null }, drawn(this.data.graph, font))
      this.stage.replaceChildren(this.svg)
      this.stage.scrollTo(0, 0)
      this.#awaitLetters(font, alt)
    }
    this.svg.setAttribute("aria-label", alt)
    this.find(".hint").textContent = this.data.hint
    this.resized()
  }

  // A face that is still on its way is measured as another one: then the picture is drawn once more.
  #awaitLetters(font, alt) {
    const faces = ["", "bold "].map(weight => `${weight}${FONT}px ${font}`)
    if (faces.every(face => document.fonts.check(face))) return
    Promise.all(faces.map(face => document.fonts.load(face))).then(() => {
      this.drawing = ""
      this.#draw(alt)
      this.steps.show()
    })
  }

  #show(at) {
    paintMoment(this.svg, this.data, at)
    bringIntoView(this, this.data.looks[at])
  }
}

function fullScreen(element) {
  return document.fullscreenElement ? document.exitFullscreen() : element.requestFullscreen()
}
