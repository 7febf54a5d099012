// Puts the nodes of a graph without cycles into layers, and each layer into an order with few
// crossings (Sugiyama, Tagawa and Toda, 1981).
//
// All edges that leave one node share a trunk, and each branches off just before its target: a value
// that is used sixty times is one line with sixty branches, and not sixty lines side by side.

import { ordered } from "./order.js"

// nodes: [{ key, w, h }]; edges: [{ key, source, target, w, h }], where w > 0 asks for a label's room.
// Adds `route` to each edge: the places that it passes, its two ends included.
export function layered(nodes, edges) {
  const places = nodes.map(node => ({ ...node, kind: "node", above: [], below: [] }))
  const at = new Map(places.map(place => [place.key, place]))
  const wired = edges.map(edge => ({ ...edge, from: at.get(edge.source), to: at.get(edge.target) }))
  rank(places, wired, wired.some(edge => edge.w) ? 2 : 1)
  for (const edge of wired) edge.route = route(edge, places)
  return { layers: ordered(inLayers(inward(places))), edges: wired, at }
}

function inLayers(places) {
  const count = Math.max(-1, ...[...places].map(place => place.rank)) + 1
  const layers = Array.from({ length: count }, () => [])
  for (const place of places) layers[place.rank].push(place)
  return layers
}

// As low as the layer above what uses it allows; what the output does not need hangs below its own
// sources.
function rank(places, edges, step) {
  const { next, before } = neighbours(places, edges)
  const order = sorted(places, next)
  const depth = longest(order, before)
  const root = order.reduce((best, p) => (depth.get(p) >= depth.get(best) ? p : best), order[0])
  const height = heights(order, next, root)
  for (const place of order) {
    const over = Math.max(-1, ...before.get(place).map(p => p.rank / step))
    const rank = height.has(place) ? depth.get(root) - height.get(place) : over + 1
    place.rank = rank * step
  }
}

function neighbours(places, edges) {
  const next = new Map(places.map(place => [place, []]))
  const before = new Map(places.map(place => [place, []]))
  for (const edge of edges) {
    next.get(edge.from).push(edge.to)
    before.get(edge.to).push(edge.from)
  }
  return { next, before }
}

// How many steps lead to each place, on the longest way.
function longest(order, before) {
  const depth = new Map()
  for (const place of order) {
    depth.set(place, Math.max(-1, ...before.get(place).map(p => depth.get(p))) + 1)
  }
  return depth
}

// How many steps lead from each place to `root`, on the longest way, where one does.
function heights(order, next, root) {
  const height = new Map([[root, 0]])
  for (const place of [...order].reverse()) {
    const needed = next
      .get(place)
      .filter(p => height.has(p))
      .map(p => height.get(p) + 1)
    if (needed.length) height.set(place, Math.max(...needed))
  }
  return height
}

// Each place before all that it leads to. A stack of one's own: a path may be longer than a script
// can recurse.
function sorted(places, next) {
  const done = new Set()
  const order = []
  for (const start of places) {
    const waiting = [start]
    while (waiting.length) {
      const place = waiting.at(-1)
      const ahead = done.has(place) ? undefined : next.get(place).find(p => !done.has(p))
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
  const weight =
    a.kind === "bend" && b.kind === "bend" ? 8 : a.kind === "node" && b.kind === "node" ? 1 : 2
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
