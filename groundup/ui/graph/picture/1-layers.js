// Puts the nodes of a graph without cycles into layers, and each layer into an order with few
// crossings (Sugiyama, Tagawa and Toda, 1981).
//
// All edges that leave one node share a trunk, and each branches off just before its target: a value
// that is used sixty times is one line with sixty branches, and not sixty lines side by side.

const SWEEPS = 12

// nodes: [{ key, w, h }]; edges: [{ key, source, target, w, h }], where w > 0 asks for a label's room.
// Adds `route` to each edge: the places that it passes, its two ends included.
function layered(nodes, edges) {
  const places = nodes.map(node => ({ ...node, kind: "node", above: [], below: [] }))
  const at = new Map(places.map(place => [place.key, place]))
  const wired = edges.map(edge => ({ ...edge, from: at.get(edge.source), to: at.get(edge.target) }))
  rank(places, wired, wired.some(edge => edge.w) ? 2 : 1)
  for (const edge of wired) edge.route = route(edge, places)
  const layers = []
  for (const place of inward(places)) (layers[place.rank] ??= []).push(place)
  return { layers: ordered([...layers].map(layer => layer ?? [])), edges: wired, at }
}

// As low as the layer above what uses it allows; what the output does not need hangs below its own
// sources.
function rank(places, edges, step) {
  const next = new Map(places.map(place => [place, []])), before = new Map(places.map(place => [place, []]))
  for (const edge of edges) {
    next.get(edge.from).push(edge.to)
    before.get(edge.to).push(edge.from)
  }
  const order = sorted(places, next), height = new Map(), depth = new Map()
  for (const place of order) depth.set(place, Math.max(-1, ...before.get(place).map(p => depth.get(p))) + 1)
  const root = order.reduce((best, p) => (depth.get(p) >= depth.get(best) ? p : best), order[0])
  height.set(root, 0)
  for (const place of order.toReversed()) {
    const needed = next.get(place).filter(p => height.has(p)).map(p => height.get(p) + 1)
    if (needed.length) height.set(place, Math.max(...needed))
  }
  for (const place of order) {
    const over = Math.max(-1, ...before.get(place).map(p => p.rank / step))
    place.rank = (height.has(place) ? depth.get(root) - height.get(place) : over + 1) * step
  }
}

// Each place before all that it leads to. A stack of one's own: a path may be longer than a script
// can recurse.
function sorted(places, next) {
  const done = new Set(), order = []
  for (const start of places) {
    const waiting = [start]
    while (waiting.length) {
      const place = waiting.at(-1), ahead = done.has(place) ? undefined : next.get(place).find(p => !done.has(p))
      if (ahead) waiting.push(ahead)
      else {
        waiting.pop()
        if (!done.has(place)) order.push(place)
        done.add(place)
      }
    }
  }
  return order.reverse()
}

function route(edge, places) {
  const { from, to, key, w, h } = edge
  const trunk = [from, ...bends(from, to.rank - (w ? 2 : 1), places)]
  const label = w ? [{ key, w, h, kind: "label", rank: to.rank - 1, above: [], below: [] }] : []
  places.push(...label)
  const whole = [...trunk, ...label, to]
  // Along the trunk the links are there already.
  for (let i = trunk.length - 1; i < whole.length - 1; i++) link(whole[i], whole[i + 1])
  return whole
}

// The trunk of a node, down to the layer `rank`.
function bends(from, rank, places) {
  from.trunk ??= []
  for (let at = from.rank + from.trunk.length + 1; at <= rank; at++) {
    const bend = { w: 6, h: 0, kind: "bend", rank: at, above: [], below: [] }
    link(from.trunk.at(-1) ?? from, bend)
    from.trunk.push(bend)
    places.push(bend)
  }
  return from.trunk.slice(0, Math.max(0, rank - from.rank))
}

// Long lines are kept straight before short ones.
function link(a, b) {
  const weight = a.kind === "bend" && b.kind === "bend" ? 8 : a.kind === "node" && b.kind === "node" ? 1 : 2
  a.below.push({ place: b, weight })
  b.above.push({ place: a, weight })
}

// The places as one meets them going up from the outputs: a first order that crosses little.
function inward(places) {
  const seen = new Set()
  const waiting = places.filter(place => !place.below.length).reverse()
  while (waiting.length) {
    const place = waiting.pop()
    if (seen.has(place)) continue
    seen.add(place)
    waiting.push(...place.above.map(link => link.place).reverse())
  }
  return seen
}

function ordered(layers) {
  number(layers)
  let best = layers.map(layer => [...layer]), fewest = crossings(best)
  for (let sweep = 0; sweep < SWEEPS && fewest; sweep++) {
    const down = sweep % 2 === 0
    for (const layer of down ? layers : layers.toReversed()) {
      for (const place of layer) place.wish = middle(down ? place.above : place.below, place)
      layer.sort((p, q) => p.wish - q.wish)
      layer.forEach((place, index) => { place.index = index })
    }
    layers.forEach(exchanged)
    const found = crossings(layers)
    if (found < fewest) [best, fewest] = [layers.map(layer => [...layer]), found]
  }
  number(best)
  return best
}

function number(layers) {
  for (const layer of layers) layer.forEach((place, index) => { place.index = index })
}

function middle(links, place) {
  if (!links.length) return place.index
  return links.reduce((sum, link) => sum + link.place.index, 0) / links.length
}

// Swaps neighbours for as long as that saves a crossing.
function exchanged(layer) {
  for (let again = true, times = 0; again && times < 8; times++) {
    again = false
    for (let i = 0; i + 1 < layer.length; i++) {
      const [p, q] = [layer[i], layer[i + 1]]
      if (between(p, q) > between(q, p)) {
        ;[layer[i], layer[i + 1]] = [q, p]
        ;[q.index, p.index] = [i, i + 1]
        again = true
      }
    }
  }
}

// How many lines cross if `p` stands to the left of `q`.
function between(p, q) {
  let count = 0
  for (const side of ["above", "below"]) {
    for (const a of p[side]) for (const b of q[side]) count += a.place.index > b.place.index
  }
  return count
}

function crossings(layers) {
  number(layers)
  let count = 0
  for (const layer of layers) {
    const ends = layer.flatMap(p => p.below.map(link => link.place.index).sort((a, b) => a - b))
    for (let i = 0; i < ends.length; i++) for (let j = i + 1; j < ends.length; j++) count += ends[i] > ends[j]
  }
  return count
}
