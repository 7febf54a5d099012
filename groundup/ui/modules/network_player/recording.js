// What was sent, unpacked; and the frames on both sides of a position.

import { bytes, columnsOf, floats, joined } from "../../components/shared/decoding.js"
import { classColours } from "../../components/shared/colours.js"
import { format } from "../../components/shared/numbers.js"
import { between, mixed } from "../../components/shared/paths.js"
import { isSteep } from "../../components/transport/losses.js"

const FRAMES = ["epochs", "field", "maps", "gradients", "idle"]

const unwound = new WeakMap()

// A chunk's numbers; each is unpacked once.
function unwind(chunk, kind) {
  if (!unwound.has(chunk)) unwound.set(chunk, unpacked(chunk, kind))
  return unwound.get(chunk)
}

function unpacked({ frames, columns }, kind) {
  return {
    columns: columnsOf(columns),
    epochs: frames.epochs,
    field: frames.field.map(kind === "curve" ? floats : bytes),
    maps: frames.maps.map(bytes),
    gradients: frames.gradients.map(floats),
    idle: frames.idle.map(bytes),
  }
}

// The chunks of the recording, as far as they have arrived without a gap.
export function gathered(chunks, recording, kind) {
  const found = []
  let done = 0
  for (let n = 0; ; n++) {
    const chunk = chunks?.get(n)
    if (chunk?.recording !== recording || chunk.first !== done) return found
    found.push(unwind(chunk, kind))
    done += found.at(-1).columns.train_loss.length
  }
}

// The scene; null while nothing of the recording has arrived.
export function read(data) {
  const chunks = gathered(globalThis.groundup.chunks, data.recording, data.kind)
  if (chunks.length === 0) return null
  const column = name => joined(chunks.map(chunk => chunk.columns[name]))
  const runs = ["train", "test"].map(name => {
    return { name, loss: column(`${name}_loss`), score: column(`${name}_score`) }
  })
  const frames = Object.fromEntries(
    FRAMES.map(name => [name, chunks.flatMap(chunk => chunk[name])]),
  )
  const hover = (run, epoch) => `\n${data.score} ${format(run.score[epoch], 4)}`
  const steep = isSteep(runs)
  return { ...data, runs, points: pointsOf(data), frames, hover, steep, done: runs[0].loss.length }
}

function pointsOf({ points: { x, x2, y, test } }) {
  return { x: floats(x), x2: floats(x2), y: floats(y), test: bytes(test) }
}

export function states({ frames, runs }, position) {
  const complete = Math.floor(position)
  const state = { complete, frames, ...between(frames.epochs, position) }
  return runs.map(() => state)
}

// The pictures glide from one recorded epoch to the next.
export function mixedFrame(list, { before, after, part }) {
  return mixed(list[before], list[after], part)
}

const drawings = new WeakMap()

// The drawing that `make` makes for `element`, made anew where the recording, its size or the theme's
// colours are others: a recording that grew needs no other axes.
export function drawing(element, scene, make) {
  const { one, zero } = classColours(element)
  const key = [scene.recording, element.clientWidth, element.clientHeight, one, zero].join(" ")
  if (drawings.get(element)?.key !== key) drawings.set(element, { key, draw: make() })
  return drawings.get(element).draw
}
