// The scale of a picture in its box, and what of it is seen.

import { typeOf } from "../../components/shared/axes.js"
import { FONT } from "./drawing.js"

// Below 12 px nobody reads the graph's numbers.
const MIN_READABLE = 12 / FONT

// The scale at which all of the graph is seen.
function whole({ stage, width, height }) {
  const tallest = Number.parseFloat(getComputedStyle(stage).maxHeight) || stage.clientHeight
  return Math.min(1, (stage.clientWidth - 2) / width, (tallest - 2) / height)
}

export function isSmallerThanWhole(picture) {
  return picture.scale <= whole(picture) + 0.01
}

// Of its own accord a graph is shown whole, or as wide as the box, as long as it can still be read.
export function fit(picture) {
  const { svg, width, height, zoom } = picture
  picture.scale = zoom === "all" ? whole(picture) : (zoom ?? ownScale(picture))
  svg.style.width = `${width * picture.scale}px`
  svg.style.height = `${height * picture.scale}px`
}

function ownScale(picture) {
  const all = whole(picture)
  // To a room the letters are larger, and what does not fit is scrolled to.
  const type = typeOf(picture.stage)
  if (type > 1) return type
  if (all >= MIN_READABLE) return all
  const wide = Math.min(1, (picture.stage.clientWidth - 2) / picture.width)
  return wide >= MIN_READABLE ? wide : 1
}

// Zooms about a point of the screen, or about the middle of the box.
export function zoomTo(picture, zoom, about) {
  const { stage, scale } = picture
  const box = stage.getBoundingClientRect()
  const [x, y] = about
    ? [about.clientX - box.x, about.clientY - box.y]
    : [box.width / 2, box.height / 2]
  picture.zoom = zoom === "all" ? zoom : Math.min(3, Math.max(0.1, zoom))
  const [left, top] = [stage.scrollLeft + x, stage.scrollTop + y]
  fit(picture)
  stage.scrollLeft = (left * picture.scale) / scale - x
  stage.scrollTop = (top * picture.scale) / scale - y
}

// Drags with the mouse; fingers scroll by themselves.
export function draggable(picture) {
  const { stage } = picture
  stage.onpointerdown = event => {
    picture.wasDragged = false
    if (event.pointerType !== "mouse" || event.button) return
    const { clientX, clientY } = event
    const [left, top] = [stage.scrollLeft, stage.scrollTop]
    stage.onpointermove = move => {
      const [right, down] = [move.clientX - clientX, move.clientY - clientY]
      if (Math.hypot(right, down) > 4) picture.wasDragged = true
      stage.scrollTo(left - right, top - down)
    }
    const release = () => {
      stage.onpointermove = null
    }
    Object.assign(stage, { onpointerup: release, onpointerleave: release })
  }
}

// Scrolls the box, and never the page, until the node `key` stands inside it.
export function bringIntoView({ stage, svg }, key) {
  const node = key && svg.querySelector(`g.node[data-key="${key}"]`)
  if (!node) return
  const inner = node.getBoundingClientRect()
  const outer = stage.getBoundingClientRect()
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    stage.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2
  }
  if (inner.left < outer.left || inner.right > outer.right) {
    stage.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2
  }
}
