// Gives the places of each layer an order with few crossings.

const SWEEPS = 12

export function ordered(layers) {
  number(layers)
  let best = copied(layers)
  let fewest = crossings(best)
  for (let round = 0; round < SWEEPS && fewest; round++) {
    sweep(layers, round % 2 === 0)
    const found = crossings(layers)
    if (found < fewest) [best, fewest] = [copied(layers), found]
  }
  number(best)
  return best
}

const copied = layers => layers.map(layer => [...layer])

// Moves each place towards the middle of its neighbours in the layer above, or below.
function sweep(layers, isDown) {
  for (const layer of isDown ? layers : [...layers].reverse()) {
    for (const place of layer) place.wish = middle(isDown ? place.above : place.below, place)
    layer.sort((p, q) => p.wish - q.wish)
    number([layer])
  }
  layers.forEach(exchanged)
}

function number(layers) {
  for (const layer of layers)
    layer.forEach((place, index) => {
      place.index = index
    })
}

function middle(links, place) {
  if (!links.length) return place.index
  return links.reduce((sum, link) => sum + link.place.index, 0) / links.length
}

// Swaps neighbours for as long as that saves a crossing.
function exchanged(layer) {
  for (let times = 0; times < 8; times++) if (!exchangedOnce(layer)) return
}

function exchangedOnce(layer) {
  let saved = false
  for (let i = 0; i + 1 < layer.length; i++) {
    const [p, q] = [layer[i], layer[i + 1]]
    if (between(p, q) <= between(q, p)) continue
    ;[layer[i], layer[i + 1]] = [q, p]
    ;[q.index, p.index] = [i, i + 1]
    saved = true
  }
  return saved
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
  return layers.reduce((sum, layer) => sum + crossingsBelow(layer), 0)
}

function crossingsBelow(layer) {
  const ends = layer.flatMap(p => p.below.map(link => link.place.index).sort((a, b) => a - b))
  let count = 0
  for (let i = 0; i < ends.length; i++) {
    for (let j = i + 1; j < ends.length; j++) count += ends[i] > ends[j]
  }
  return count
}
