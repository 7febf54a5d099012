// What was sent of each run, unpacked; and where w and b stand at a position.

import { floats } from "../shared/decoding.js"
import { format } from "../shared/numbers.js"
import { after, glide } from "../shared/paths.js"
import { isSteep } from "../transport/losses.js"
import { toldNumbers, toldState } from "./told.js"

export function read(data) {
  const runs = data.runs.map(unpacked)
  const done = Math.max(...runs.map(lengthOf))
  return { ...data, runs, hover, steep: isSteep(runs), done }
}

// How many epochs a run has. A line's losses may be those of its places, which are one more.
const lengthOf = run => (run.start ? run.w.length : run.loss.length)

function unpacked(run) {
  const walk = walked(run)
  // Where w and b stood along the way: after each update, if an epoch has many.
  const track = run.track ? { ...run.track, ...walked(run.track) } : { every: 1, ...walk }
  return { ...run, ...walk, loss: floats(run.loss), track }
}

function walked({ w = "", b = "", gw = "", gb = "" }) {
  return { w: floats(w), b: floats(b), gw: floats(gw), gb: floats(gb) }
}

function hover({ start, w, b, loss }, epoch) {
  if (!start) return ""
  const at = epoch + 1 - (loss.length - w.length)
  return `\nw     ${format(after(w, start[0], at), 6)}\nb     ${format(after(b, start[1], at), 6)}`
}

// One state a run. Where a text is walked through, or by hand, other numbers count; it is the first.
export function states({ runs, now, told }, position) {
  const [first, ...others] = runs.map(run => stateAt(run, position))
  if (told) return [toldState(runs[0], told), ...others]
  if (!now || Math.floor(position) !== now.at) return [first, ...others]
  const gradient = [now["w.grad"] ?? NaN, now["b.grad"] ?? NaN]
  return [{ w: now.w, b: now.b, complete: now.at, passed: now.passed, gradient }, ...others]
}

// w and b at a position; between two of the run's updates they glide in a straight line.
export function stateAt(run, asked) {
  // A run that broke off stays where it ended while the others go on.
  const position = Math.min(asked, lengthOf(run))
  const complete = Math.floor(position)
  if (!run.start) return { complete, position }
  const [startW, startB] = run.start
  const { every, w, b } = run.track
  // 3 epochs of 7 updates are 21 updates, and not 20.999999.
  const updates = Math.round((position / every) * 1e6) / 1e6
  const passed = Math.min(Math.floor(updates), w.length)
  // Kept updates need not end where the epoch does; the epoch's own numbers do.
  if (position === complete) {
    return {
      w: after(run.w, startW, complete),
      b: after(run.b, startB, complete),
      complete,
      passed,
    }
  }
  const part = updates - passed
  return { w: glide(w, startW, passed, part), b: glide(b, startB, passed, part), complete, passed }
}

// The numbers of a place, all of one moment, and its name; or, where a text is walked through, those
// that its variables hold.
export function numbersAt(scene, complete) {
  const { runs, now, told } = scene
  const [run] = runs
  if (told) return toldNumbers(told)
  if (now && now.at === complete) return now
  if (scene.ahead) return momentAt(scene, Math.min(complete, lengthOf(run)))
  const at = Math.min(complete, run.loss.length) - 1
  if (at >= 0) {
    const grads = { "w.grad": run.gw[at], "b.grad": run.gb[at] }
    return { epoch: at, loss: run.loss[at], w: run.w[at], b: run.b[at], ...grads }
  }
  const [w, b] = run.start ?? []
  return { epoch: null, loss: null, w, b, "w.grad": null, "b.grad": null }
}

function momentAt(scene, n) {
  const [run] = scene.runs
  const [w, b] = [after(run.w, run.start[0], n), after(run.b, run.start[1], n)]
  const gradient = { "w.grad": run.gw[n], "b.grad": run.gb[n] }
  const isLast = n > 0 && n >= scene.epochs
  const before = `Epoch ${n}, before its ${run.track.every < 1 ? "first step" : "step"}`
  const moment = isLast ? "After the last step" : before
  return { epoch: isLast ? "end" : n, moment, loss: run.loss[n], w, b, ...gradient }
}
