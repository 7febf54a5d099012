// The loss of each epoch, revealed as the run goes on; hovering reads out exact numbers. A scene
// whose losses are those of places (`ahead` is 1) knows the first one before any epoch.

import { axes, pair } from "../shared/axes.js"
import { node, set, shown } from "../shared/elements.js"
import { finiteRange, format } from "../shared/numbers.js"
import { outline, upTo } from "../shared/paths.js"

export function lossPanel(svg, scene, { log }, tip, onPick) {
  const y = lossAxis(scene, log)
  const ahead = scene.ahead ?? 0
  const last = scene.epochs - 1 + ahead
  const area = axes(svg, { low: 0, high: Math.max(last, 1), name: scene.word ?? "epoch" }, y)
  const runs = scene.runs.map((run, i) => lossLine(area, run, i, y.log))
  const epochAt = event => {
    const left = svg.getBoundingClientRect().left
    return Math.round(Math.min(Math.max(area.toX(event.clientX - left), 0), last))
  }
  hovering(area, scene, tip, epochAt)
  svg.onclick = event => onPick(epochAt(event) + 1 - ahead)
  const moveMark = marking(area, y.log)
  return states => {
    states.forEach((state, i) => reveal(runs[i], state.known ?? state.complete + ahead))
    moveMark(states[0].mark)
  }
}

// The loss that a text holds which is walked through, in place of the curve's own dot.
function marking({ plot, px, inY }, log) {
  const mark = node(plot, "circle", { class: "dot mark run-0", r: 5.5 })
  return at => {
    plot.classList.toggle("walked", at !== undefined)
    const isSeen = Number.isFinite(at?.y) && (!log || at.y > 0)
    shown(isSeen, mark)
    mark.classList.toggle("old", Boolean(at?.isOld))
    if (isSeen) set(mark, { cx: px(at.x), cy: inY(at.y) })
  }
}

// The axis that holds every loss there is, within the scene's own `span`.
export function lossAxis({ runs, span }, wantsLog) {
  const [lowest, highest] = span ?? [-Infinity, Infinity]
  const isSeen = v => Number.isFinite(v) && v >= lowest && v <= highest
  const finite = runs.flatMap(run => Array.from(run.loss).filter(isSeen))
  const positive = finite.filter(v => v > 0)
  const log = wantsLog && positive.length > 0
  const [low, high] = finiteRange(log ? positive : finite)
  if (!log) return { low: 0, high: high * 1.05 || 1, log, name: "" }
  return { low: low / 1.3, high: Math.max(high * 1.3, low * 2), log, name: "" }
}

// Whether losses need a logarithmic axis: over six powers of ten, or breaking off, they would be
// a flat line on a linear one.
export function isSteep(runs) {
  const losses = runs.flatMap(run => Array.from(run.loss))
  const [low, high] = finiteRange(losses.filter(v => v > 0))
  return (losses.length > 0 && high / low > 1e6) || losses.some(v => !Number.isFinite(v))
}

function lossLine({ plot, px, py, box }, run, i, log) {
  // Where a run tells how far along the axis each of its losses was known (`at`), it stands there.
  const across = epoch => px(run.at ? run.at[epoch] - 1 : epoch)
  const canStand = v => Number.isFinite(v) && (!log || v > 0)
  const places = Array.from(run.loss, (v, n) => (canStand(v) ? pair(across(n), py(v)) : null))
  const end = run.loss.findIndex(v => !Number.isFinite(v))
  const broken = node(plot, "line", { class: "broken", y1: box.top, y2: box.bottom })
  if (end >= 0) set(broken, { x1: across(end), x2: across(end) })
  return {
    ...outline(end < 0 ? places : places.slice(0, end)),
    end,
    broken,
    drawn: -1,
    curve: node(plot, "polyline", { class: `curve run-${i}` }),
    dot: node(plot, "circle", { class: `dot run-${i}`, r: 4.5 }),
  }
}

function reveal(run, complete) {
  const count = Math.max(0, Math.min(complete, run.places.length))
  shown(run.end >= 0 && complete > run.end, run.broken)
  if (count === run.drawn) return
  run.drawn = count
  const at = count > 0 ? run.places[count - 1] : null
  run.curve.setAttribute("points", upTo(run, count, at))
  shown(at, run.dot)
  if (!at) return
  const [cx, cy] = at.split(",")
  set(run.dot, { cx, cy })
}

function hovering({ svg, plot, px, box }, scene, tip, epochAt) {
  const cross = node(plot, "line", { class: "hover", y1: box.top, y2: box.bottom })
  shown(false, cross)
  svg.onpointermove = event => {
    const epoch = epochAt(event)
    if (epoch >= scene.done + (scene.ahead ?? 0)) return svg.onpointerleave()
    set(cross, { x1: px(epoch), x2: px(epoch) })
    shown(true, cross)
    const text = scene.told ? scene.told(scene.runs, epoch) : lossesAt(scene, epoch)
    return tip.show(svg, px(epoch), text)
  }
  svg.onpointerleave = () => {
    shown(false, cross)
    tip.hide()
  }
}

// Every run's loss at an epoch, and what the scene adds about it.
function lossesAt({ runs, word, hover }, epoch) {
  const where = word ? `${word} ${epoch + 1}` : `epoch ${epoch}`
  return runs
    .filter(run => epoch < run.loss.length)
    .map(run => {
      const name = run.name ? `${run.name}\n` : ""
      return `${name}${where}\nloss  ${format(run.loss[epoch], 6)}${hover(run, epoch)}`
    })
    .join("\n")
}
