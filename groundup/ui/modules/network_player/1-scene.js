// What was sent, unpacked; and the frames on both sides of a position.

function bytes(text) {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
}

const unwound = new WeakMap()

// A reel's numbers; each is unpacked once.
function unwind(reel, kind) {
  if (!unwound.has(reel)) {
    const { epochs, field, maps, gradients, idle } = reel.frames
    const columns = Object.entries(reel.columns).map(([name, text]) => [name, unpacked(text)])
    unwound.set(reel, {
      columns: Object.fromEntries(columns), epochs,
      field: field.map(kind === "curve" ? unpacked : bytes), maps: maps.map(bytes),
      gradients: gradients.map(unpacked), idle: idle.map(bytes),
    })
  }
  return unwound.get(reel)
}

// The reels of the film, as far as they have arrived without a gap.
function gathered(film, kind) {
  const found = []
  let done = 0
  for (let n = 0; ; n++) {
    const reel = globalThis.groundup.reels?.get(n)
    if (reel?.film !== film || reel.first !== done) return found
    found.push(unwind(reel, kind))
    done += found.at(-1).columns.train_loss.length
  }
}

function joined(arrays) {
  const whole = new Float32Array(arrays.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of arrays) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}

// The scene; null while nothing of the film has arrived.
function read(data) {
  const reels = gathered(data.film, data.kind)
  if (reels.length === 0) return null
  const column = name => joined(reels.map(reel => reel.columns[name]))
  const runs = ["train", "test"].map(name => ({
    name, loss: column(`${name}_loss`), score: column(`${name}_score`),
  }))
  const { x, x2, y, test } = data.points
  const points = { x: unpacked(x), x2: unpacked(x2), y: unpacked(y), test: bytes(test) }
  const every = name => reels.flatMap(reel => reel[name])
  const frames = {
    epochs: every("epochs"), field: every("field"), maps: every("maps"),
    gradients: every("gradients"), idle: every("idle"),
  }
  const hover = (run, epoch) => `\n${data.score} ${format(run.score[epoch], 4)}`
  return { ...data, runs, points, frames, hover, steep: isSteep(runs), done: runs[0].loss.length }
}

function states(scene, position) {
  const complete = Math.floor(position)
  const { frames } = scene
  const { epochs } = frames
  let before = 0
  while (before + 1 < epochs.length && epochs[before + 1] <= position) before++
  const after = Math.min(before + 1, epochs.length - 1)
  const part = after > before ? (position - epochs[before]) / (epochs[after] - epochs[before]) : 0
  const state = { complete, before, after, part, frames }
  return scene.runs.map(() => state)
}

// Two frames' numbers, mixed: the pictures glide from one filmed epoch to the next.
function mixed(list, { before, after, part }) {
  const [a, b] = [list[before], list[after]]
  return part === 0 ? a : Float32Array.from(a, (v, i) => v + part * (b[i] - v))
}

const drawings = new WeakMap()

// The drawing that `make` makes for `element`, made anew where the film, its size or the theme's
// colours are others: a film that grew needs no other axes.
function drawing(element, scene, make) {
  const { one, zero } = themeColours(element)
  const key = [scene.film, element.clientWidth, element.clientHeight, one, zero].join(" ")
  if (drawings.get(element)?.key !== key) drawings.set(element, { key, draw: make() })
  return drawings.get(element).draw
}
