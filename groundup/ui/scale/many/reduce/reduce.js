// One step of data parallel training: each worker's gradient, their mean, equal weights.

import { node, set } from "../../../components/shared/elements.js"
import { format } from "../../../components/shared/numbers.js"
import { columnOf, MOMENTS, plot, ROWS, WIDTH } from "./layout.js"

const kept = new WeakMap()

export function mount({ parentElement, data }) {
  const sent = JSON.stringify(data)
  const known = kept.get(parentElement)
  if (known?.sent === sent) return
  kept.set(parentElement, { sent })
  const part = name => parentElement.querySelector(name)
  const last = data.steps.length * MOMENTS - 1
  const slider = part("input")
  const go = to => {
    const at = Math.max(0, Math.min(last, to))
    slider.value = at
    part(".back").disabled = at === 0
    part(".on").disabled = at === last
    part(".said").textContent = data.said[at]
    slider.setAttribute("aria-valuetext", data.said[at])
    draw(part("svg"), data, Math.floor(at / MOMENTS), at % MOMENTS)
  }
  slider.max = last
  slider.oninput = () => go(Number(slider.value))
  part(".back").onclick = () => go(Number(slider.value) - 1)
  part(".on").onclick = () => go(Number(slider.value) + 1)
  go(0)
}

function draw(svg, data, step, moment) {
  svg.replaceChildren()
  set(svg, { viewBox: `0 0 ${WIDTH} ${ROWS.end}` })
  const held = data.steps[step]
  const shown = { ...data, held, moment }
  for (let rank = 0; rank < held.length; rank += 1) drawWorker(svg, shown, rank)
  if (moment >= 2) drawMean(svg, shown)
}

function drawWorker(svg, { shares, held, moment }, rank) {
  const place = columnOf(rank, held.length)
  write(svg, place.middle, ROWS.name, `worker ${rank}`, "name middle")
  const weights = moment === 3 ? held[rank].after : held[rank].before
  drawShare(svg, shares, rank, place, weights, moment === 0)
  if (moment >= 1) drawPair(svg, place, ROWS.own, held[rank].own, "gradient", moment === 1)
  if (moment >= 2) {
    arrow(svg, place.middle, ROWS.own + 48, WIDTH / 2 + place.lean, ROWS.mean - 4, moment === 2)
    arrow(svg, WIDTH / 2 + place.lean, ROWS.mean + 48, place.middle, ROWS.after - 4, moment === 2)
  }
  if (moment >= 3) drawPair(svg, place, ROWS.after, held[rank].after, "weights", true)
}

// The examples of a worker, and the line that its weights draw.
function drawShare(svg, shares, rank, place, { w, b }, now) {
  const size = { x: place.left, y: ROWS.share, width: place.width, height: ROWS.tall, rx: 5 }
  node(svg, "rect", { class: now ? "frame now" : "frame", ...size })
  const at = plot(shares, place)
  const [low, high] = at.ends
  const inside = node(svg, "svg", {
    ...size,
    viewBox: `${size.x} ${size.y} ${size.width} ${size.height}`,
  })
  node(inside, "path", {
    class: "line",
    d: `M${at.x(low)} ${at.y(w * low + b)}L${at.x(high)} ${at.y(w * high + b)}`,
  })
  shares[rank].x.forEach((x, n) => {
    node(inside, "circle", { class: "dot", cx: at.x(x), cy: at.y(shares[rank].y[n]), r: 4.5 })
  })
}

function drawMean(svg, { held, moment }) {
  const place = { left: WIDTH / 2 - 175, width: 350, middle: WIDTH / 2 }
  drawPair(svg, place, ROWS.mean, held[0].mean, "mean", moment === 2, true)
}

// A box with two numbers, one above the other where it is narrow.
function drawPair(svg, place, top, { w, b }, kind, now, flat = false) {
  const size = { x: place.left, y: top, width: place.width, height: 48, rx: 5 }
  node(svg, "rect", { class: now ? "frame now" : "frame", ...size })
  const sign = kind === "weights" ? "" : ".grad"
  if (flat) {
    write(svg, place.middle, top + 20, "mean of the workers' gradients", "middle")
    const both = `w${sign} ${format(w)}   b${sign} ${format(b)}`
    return write(svg, place.middle, top + 41, both, "numbers middle")
  }
  write(svg, place.middle, top + 20, `w${sign} ${format(w)}`, "numbers middle")
  write(svg, place.middle, top + 41, `b${sign} ${format(b)}`, "numbers middle")
}

function write(svg, x, y, text, kind) {
  node(svg, "text", { class: kind, x, y }).textContent = text
}

function arrow(svg, x, y, toX, toY, now) {
  const mark = now ? " now" : ""
  const [dx, dy] = [toX - x, toY - y]
  const long = Math.hypot(dx, dy) || 1
  const [ux, uy] = [dx / long, dy / long]
  const [endX, endY] = [toX - 8 * ux, toY - 8 * uy]
  node(svg, "path", { class: `arrow${mark}`, d: `M${x} ${y}L${endX} ${endY}` })
  const [left, right] = [`${endX - 5 * uy} ${endY + 5 * ux}`, `${endX + 5 * uy} ${endY - 5 * ux}`]
  node(svg, "path", { class: `head${mark}`, d: `M${left}L${right}L${toX} ${toY}Z` })
}
