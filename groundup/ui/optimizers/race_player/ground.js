// The landscape under the race, each racer's path so far, and where it is now. A click is a start.

import { axesOver, pair, placeAt } from "../../components/shared/axes.js"
import { node, shown } from "../../components/shared/elements.js"
import { outline, plus, upTo } from "../../components/shared/paths.js"
import { paintBands } from "./bands.js"
import { MARKS } from "./racers.js"

export function groundPanel(stack, scene, onPlace) {
  const area = axesOver(stack.querySelector("svg"), scene.ground.view, scene.params)
  paintBands(stack.querySelector("canvas"), scene.ground, area.box)
  drawPlaces(area, scene)
  area.svg.onclick = event => {
    const place = placeAt(area, event)
    if (isInside(place, scene.ground.view)) onPlace(place)
  }
  const runs = scene.runs.map((run, i) => drawPath(area, run, scene.start, i))
  // Where they are now stands over every path.
  const marks = scene.runs.map(({ marker }, i) => {
    return node(area.plot, "path", { class: `mark run-${i}`, d: MARKS[marker] })
  })
  return states => states.forEach((state, i) => move(area, runs[i], marks[i], state))
}

function isInside([x, y], [lowX, highX, lowY, highY]) {
  return x >= lowX && x <= highX && y >= lowY && y <= highY
}

function drawPlaces({ plot, px, py }, { ground, start }) {
  for (const [x, y] of ground.minima) {
    node(plot, "path", { class: "lowest", d: plus(px(x), py(y), 6) })
  }
  node(plot, "circle", { class: "start", cx: px(start[0]), cy: py(start[1]), r: 6 })
}

function drawPath(area, run, start, i) {
  const { px, py, inX, inY } = area
  const places = [pair(px(start[0]), py(start[1]))]
  // A path that leaves for good is drawn to where it leaves, or it would cover all the others.
  const last = run.x.findLastIndex((x, n) => inX(x) === px(x) && inY(run.y[n]) === py(run.y[n]))
  for (let n = 0; n <= Math.min(last + 1, run.x.length - 1); n++) {
    if (!Number.isFinite(run.x[n]) || !Number.isFinite(run.y[n])) break
    places.push(pair(inX(run.x[n]), inY(run.y[n])))
  }
  return { ...outline(places), line: node(area.plot, "polyline", { class: `path run-${i}` }) }
}

function move({ inX, inY }, run, mark, { x, y, complete }) {
  const known = Number.isFinite(x) && Number.isFinite(y) && complete < run.places.length
  shown(known, mark)
  const here = known ? pair(inX(x), inY(y)) : null
  const count = Math.min(complete + 1, run.places.length)
  run.line.setAttribute("points", upTo(run, count, here))
  if (known) mark.setAttribute("transform", `translate(${here.replace(",", " ")})`)
}
