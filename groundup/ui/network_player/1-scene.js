// What was sent, unpacked; and the frames on both sides of a position.

function bytes(text) {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
}

function read(data) {
  const runs = data.runs.map(run => ({
    ...run, loss: unpacked(run.loss), score: unpacked(run.score),
  }))
  const { x, x2, y, test } = data.points
  const points = { x: unpacked(x), x2: unpacked(x2), y: unpacked(y), test: bytes(test) }
  const field = data.kind === "curve" ? unpacked : bytes
  const frames = {
    ...data.frames,
    field: data.frames.field.map(field),
    maps: data.frames.maps.map(bytes),
    gradients: data.frames.gradients.map(unpacked),
  }
  const hover = (run, epoch) => `\n${data.score} ${format(run.score[epoch], 4)}`
  return { ...data, runs, points, frames, hover, steep: isSteep(runs), done: runs[0].loss.length }
}

function states(scene, position) {
  const complete = Math.floor(position)
  const { epochs } = scene.frames
  let before = 0
  while (before + 1 < epochs.length && epochs[before + 1] <= position) before++
  const after = Math.min(before + 1, epochs.length - 1)
  const part = after > before ? (position - epochs[before]) / (epochs[after] - epochs[before]) : 0
  const state = { complete, before, after, part }
  return scene.runs.map(() => state)
}

// Two frames' numbers, mixed: the pictures glide from one filmed epoch to the next.
function mixed(list, { before, after, part }) {
  const [a, b] = [list[before], list[after]]
  return part === 0 ? a : Float32Array.from(a, (v, i) => v + part * (b[i] - v))
}
