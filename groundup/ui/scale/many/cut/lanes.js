// Where the parts of a cut block are drawn: a lane for each worker, columns from x to the sum.

export const CELL = { width: 48, height: 17 }
export const UNIT = 10
const GAP = 16
const TOP = 40

// The columns of the picture in their order, each with its width.
export function columns({ by, hidden, intermediate, first }) {
  const matrix = { first: first.length * (hidden * UNIT + 6) - 6, last: intermediate * UNIT }
  const inner = by === "inputs" ? ["inside", "sum0", "neurons"] : ["inside"]
  const order = ["x", "first", ...inner, "last", "output", "sum1", "y"]
  const places = {}
  let x = 4
  for (const name of order) {
    const width = matrix[name] ?? (name.startsWith("sum") ? 54 : CELL.width)
    places[name] = { x, width }
    x += width + GAP
  }
  return { places, order, width: x - GAP + 4 }
}

// How tall a lane is: as its tallest column.
export function lane({ by, hidden, intermediate }) {
  const inside = by === "inputs" ? intermediate : intermediate / 2
  return Math.max(inside * CELL.height, intermediate * UNIT, hidden * CELL.height) + 26
}

export const top = (scene, worker) => TOP + worker * lane(scene)
export const height = scene => TOP + 2 * lane(scene)

// The middle of a worker's lane, and of the whole picture.
export const middle = (scene, worker) => top(scene, worker) + lane(scene) / 2 - 12
export const centre = scene => (middle(scene, 0) + middle(scene, 1)) / 2

// The rectangles of a matrix on `worker`: what is cut, and which half it has.
export function halves(outputs, inputs, byOutputs, worker) {
  const size = byOutputs
    ? { width: inputs * UNIT, height: (outputs * UNIT) / 2 }
    : { width: (inputs * UNIT) / 2, height: outputs * UNIT }
  return [0, 1].map(half => ({
    ...size,
    x: byOutputs ? 0 : half * size.width,
    y: byOutputs ? half * size.height : 0,
    isOwn: half === worker,
  }))
}
