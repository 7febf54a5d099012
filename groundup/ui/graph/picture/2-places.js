// Gives the layers their coordinates: each place as near to the middle of its neighbours as the
// places beside it allow, and each edge its way between them.

const APART = 14, GAP = 26, LABEL_GAP = 13, ROUNDS = 14, HEAD = 7

// What `layered` returns, with x and y (of middles) in all places and `points` in all edges.
function placed({ layers, edges, at }) {
  for (const layer of layers) {
    let x = 0
    for (const place of layer) {
      place.x = x + place.w / 2
      x += place.w + APART
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of layers) settle(layer, round < ROUNDS - 3 ? ["above"] : ["above", "below"])
    for (const layer of layers.toReversed()) settle(layer, round < ROUNDS - 3 ? ["below"] : ["above", "below"])
  }
  const all = layers.flat(), left = Math.min(...all.map(p => p.x - p.w / 2))
  for (const place of all) place.x -= left
  const height = stacked(layers)
  spread(edges)
  return { edges, at, width: Math.max(...all.map(p => p.x + p.w / 2)), height }
}

// The order stays and none may overlap; within that, the sum of the squared distances to the wished
// places is the smallest there is (pool adjacent violators: Ayer et al., 1955).
function settle(layer, sides) {
  const blocks = []
  let offset = 0, before = null
  for (const place of layer) {
    if (before) offset += (before.w + place.w) / 2 + (before.kind === "bend" || place.kind === "bend" ? 8 : APART)
    before = place
    place.offset = offset
    const links = sides.flatMap(side => place[side])
    const weight = links.reduce((sum, link) => sum + link.weight, 0)
    const wish = weight ? links.reduce((sum, link) => sum + link.weight * link.place.x, 0) / weight : place.x
    blocks.push({ places: [place], weight: weight || 0.1, sum: (weight || 0.1) * (wish - offset) })
    while (blocks.length > 1 && mean(blocks.at(-2)) > mean(blocks.at(-1))) {
      const last = blocks.pop(), joined = blocks.at(-1)
      joined.places.push(...last.places)
      joined.weight += last.weight
      joined.sum += last.sum
    }
  }
  for (const block of blocks) for (const place of block.places) place.x = mean(block) + place.offset
}

const mean = block => block.sum / block.weight

function stacked(layers) {
  let y = 0
  layers.forEach((layer, index) => {
    const tall = Math.max(0, ...layer.map(place => place.h))
    for (const place of layer) [place.y, place.top, place.bottom] = [y + tall / 2, y, y + tall]
    const next = layers[index + 1] ?? []
    y += tall + (has(layer, "label") || has(next, "label") ? LABEL_GAP : has(layer, "node") && has(next, "node") ? GAP : GAP / 2)
  })
  return Math.max(...layers.flat().map(place => place.y + place.h / 2))
}

const has = (layer, kind) => layer.some(place => place.kind === kind)

// Where edges touch a node: side by side in the order in which they come, and never crossing there.
function spread(edges) {
  const leaving = new Map(), coming = new Map()
  for (const edge of edges) {
    const [from, after] = edge.route, [before, to] = edge.route.slice(-2)
    // Those that set out along one trunk touch at one point.
    file(leaving, from, after.kind === "bend" ? after : edge, after.x)
    file(coming, to, edge, before.x)
  }
  for (const edge of edges) {
    const [from, after] = edge.route, to = edge.route.at(-1)
    const start = port(leaving.get(from), after.kind === "bend" ? after : edge, from)
    const end = port(coming.get(to), edge, to)
    edge.ends = { start, end }
  }
}

function file(table, place, thing, x) {
  const list = table.get(place) ?? []
  if (!list.some(entry => entry.thing === thing)) list.push({ thing, x })
  table.set(place, list.sort((a, b) => a.x - b.x))
}

function port(list, thing, place) {
  const index = list.findIndex(entry => entry.thing === thing)
  const step = Math.min(26, (place.w - 16) / list.length)
  return (index - (list.length - 1) / 2) * step
}

// The points of an edge, from its start to its end; the one with the arrow's head stops short of it.
function points(edge, back) {
  const { route, ends } = edge, [from, to] = [route[0], route.at(-1)]
  // Straight past the nodes of a layer, and in one swing through a label.
  const inner = route.slice(1, -1).flatMap(({ kind, x, y, top, bottom }) => (kind === "label" ? [[x, y]] : [[x, top], [x, bottom]]))
  const start = [from.x + ends.start, from.y + rim(from, ends.start)]
  const end = [to.x + ends.end, to.y - rim(to, ends.end)]
  const [tip, turn] = back ? [start, 1] : [end, -1]
  const head = [[tip[0], tip[1]], [tip[0] - 3.6, tip[1] + turn * HEAD], [tip[0] + 3.6, tip[1] + turn * HEAD]]
  if (back) start[1] += HEAD - 1
  else end[1] -= HEAD - 1
  return { points: [start, ...inner, end], head }
}

// How far above and below its middle a node reaches, `dx` beside the middle.
function rim(place, dx) {
  return place.shape === "ellipse" ? place.h / 2 * Math.sqrt(Math.max(0, 1 - (2 * dx / place.w) ** 2)) : place.h / 2
}
