// Gives the layers their coordinates: each place as near to the middle of its neighbours as the
// places beside it allow, and each edge its way between them.

const APART = 14
const GAP = 26
const LABEL_GAP = 13
const ROUNDS = 14
const BOTH = ["above", "below"]
const HEAD = 7

// What `layered` returns, with x and y (of middles) in all places and `points` in all edges.
export function placed({ layers, edges, at }) {
  layers.forEach(lineUp)
  for (let round = 0; round < ROUNDS; round++) {
    const isLate = round >= ROUNDS - 3
    for (const layer of layers) settle(layer, isLate ? BOTH : ["above"])
    for (const layer of [...layers].reverse()) settle(layer, isLate ? BOTH : ["below"])
  }
  const all = layers.flat()
  const left = Math.min(...all.map(p => p.x - p.w / 2))
  for (const place of all) place.x -= left
  const height = stacked(layers)
  spread(edges)
  return { edges, at, width: Math.max(...all.map(p => p.x + p.w / 2)), height }
}

// Side by side, as a beginning.
function lineUp(layer) {
  let x = 0
  for (const place of layer) {
    place.x = x + place.w / 2
    x += place.w + APART
  }
}

// The order stays and none may overlap; within that, the sum of the squared distances to the wished
// places is the smallest there is (pool adjacent violators: Ayer et al., 1955).
function settle(layer, sides) {
  const blocks = []
  let offset = 0
  layer.forEach((place, index) => {
    if (index > 0) offset += distance(layer[index - 1], place)
    place.offset = offset
    blocks.push(blockOf(place, sides))
    while (blocks.length > 1 && mean(blocks.at(-2)) > mean(blocks.at(-1))) pool(blocks)
  })
  for (const block of blocks) for (const place of block.places) place.x = mean(block) + place.offset
}

function distance(left, right) {
  const bends = left.kind === "bend" || right.kind === "bend"
  return (left.w + right.w) / 2 + (bends ? 8 : APART)
}

// A place, and how strongly its neighbours wish it where.
function blockOf(place, sides) {
  const links = sides.flatMap(side => place[side])
  const weight = links.reduce((sum, link) => sum + link.weight, 0)
  const wished = links.reduce((sum, link) => sum + link.weight * link.place.x, 0)
  const wish = weight ? wished / weight : place.x
  return { places: [place], weight: weight || 0.1, sum: (weight || 0.1) * (wish - place.offset) }
}

function pool(blocks) {
  const last = blocks.pop()
  const joined = blocks.at(-1)
  joined.places.push(...last.places)
  joined.weight += last.weight
  joined.sum += last.sum
}

const mean = block => block.sum / block.weight

function stacked(layers) {
  let y = 0
  layers.forEach((layer, index) => {
    const tall = Math.max(0, ...layer.map(place => place.h))
    for (const place of layer) [place.y, place.top, place.bottom] = [y + tall / 2, y, y + tall]
    const next = layers[index + 1] ?? []
    y += tall + gapBetween(layer, next)
  })
  return Math.max(...layers.flat().map(place => place.y + place.h / 2))
}

function gapBetween(layer, next) {
  if (has(layer, "label") || has(next, "label")) return LABEL_GAP
  return has(layer, "node") && has(next, "node") ? GAP : GAP / 2
}

const has = (layer, kind) => layer.some(place => place.kind === kind)

// Where edges touch a node: side by side in the order in which they come, and never crossing there.
function spread(edges) {
  const leaving = new Map()
  const coming = new Map()
  for (const edge of edges) {
    const [from, after] = edge.route
    const [before, to] = edge.route.slice(-2)
    // Those that set out along one trunk touch at one point.
    file(leaving, from, after.kind === "bend" ? after : edge, after.x)
    file(coming, to, edge, before.x)
  }
  for (const edge of edges) {
    const [from, after] = edge.route
    const to = edge.route.at(-1)
    const start = port(leaving.get(from), after.kind === "bend" ? after : edge, from)
    const end = port(coming.get(to), edge, to)
    edge.ends = { start, end }
  }
}

function file(table, place, thing, x) {
  const list = table.get(place) ?? []
  if (!list.some(entry => entry.thing === thing)) list.push({ thing, x })
  table.set(
    place,
    list.sort((a, b) => a.x - b.x),
  )
}

function port(list, thing, place) {
  const index = list.findIndex(entry => entry.thing === thing)
  const step = Math.min(26, (place.w - 16) / list.length)
  return (index - (list.length - 1) / 2) * step
}

// The points of an edge, from its start to its end; the one with the arrow's head stops short of it.
export function points({ route, ends }, back) {
  const [from, to] = [route[0], route.at(-1)]
  const start = [from.x + ends.start, from.y + rim(from, ends.start)]
  const end = [to.x + ends.end, to.y - rim(to, ends.end)]
  const head = back ? headAt(start, 1) : headAt(end, -1)
  if (back) start[1] += HEAD - 1
  else end[1] -= HEAD - 1
  return { points: [start, ...route.slice(1, -1).flatMap(past), end], head }
}

function headAt([x, y], turn) {
  const base = y + turn * HEAD
  return [
    [x, y],
    [x - 3.6, base],
    [x + 3.6, base],
  ]
}

// Straight past the nodes of a layer, and in one swing through a label.
function past({ kind, x, y, top, bottom }) {
  if (kind === "label") return [[x, y]]
  return [
    [x, top],
    [x, bottom],
  ]
}

// How far above and below its middle a node reaches, `dx` beside the middle.
function rim(place, dx) {
  return place.shape === "ellipse"
    ? (place.h / 2) * Math.sqrt(Math.max(0, 1 - ((2 * dx) / place.w) ** 2))
    : place.h / 2
}
