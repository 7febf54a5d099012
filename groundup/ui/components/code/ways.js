// The ways through a recorded run: each gives the place to go to, or the one it was given.

// The next moment in `direction` that is no deeper than this one.
export function over(walk, place, direction) {
  const depth = walk.depth(place)
  return seek(walk, place, direction, at => walk.depth(at) <= depth) ?? edge(walk, place, direction)
}

// Whatever was executed next: within a call, if this line makes one.
export const into = (walk, place) => Math.min(place + 1, walk.count - 1)

// The statement that made the call which this moment lies in, when that is over.
export function out(walk, place) {
  const depth = walk.depth(place)
  return seek(walk, place, 1, at => walk.depth(at) < depth) ?? place
}

// The beginning of the next pass of the outermost loop, or of the present or last one.
export function byPass(walk, place, direction) {
  const here = outer(walk, place)
  if (direction > 0) {
    return seek(walk, place, 1, at => outer(walk, at) !== here) ?? walk.count - 1
  }
  const first = at => at === 0 || outer(walk, at - 1) !== outer(walk, at)
  return seek(walk, place, -1, first) ?? 0
}

// The next moment of a line, or its first where none is left; null for a line that never ran.
export function toLine(walk, place, line) {
  const { line: lines } = walk.wire.moments
  const next = lines.indexOf(line, place + 1)
  const found = next >= 0 ? next : lines.indexOf(line)
  return found >= 0 ? found : null
}

// The next moment at which `call`'s `name` is bound anew, or what it holds is changed.
export function toChange(walk, place, call, name) {
  const { wire, parts } = walk
  const held = walk.view(place).names.get(call)?.get(name)
  for (let at = place + 1; at < walk.count; at++) {
    for (let i = parts.own[at][0]; i < parts.end[at][0]; i++) {
      if (wire.bindings.call[i] === call && wire.names[wire.bindings.name[i]] === name) return at
    }
    for (let i = parts.own[at][1]; i < parts.end[at][1]; i++) {
      if (held >= 0 && held % 2 === 0 && wire.changes.object[i] === held / 2) return at
    }
  }
  return place
}

// The place of the moment with that number, or the last one before it.
export function toNumber(walk, number) {
  let found = 0
  for (let at = 0; at < walk.count && walk.moment(at).number <= number; at++) found = at
  return found
}

// Where pass `index` of the loop over `target` begins; past its last pass, where that ends; the
// `beginning` where no pass began. Null for a pass that was not kept.
export function beforePass(walk, target, index, beginning) {
  let last = null
  for (let at = 0; at < walk.count; at++) {
    const pass = walk.moment(at).passes.find(one => one.target === target)
    if (pass?.index === index) return at
    if (pass) last = { at, index: pass.index }
  }
  if (!last) return beginning
  return index > last.index ? last.at : null
}

// The nearest statement between `place` and `next` that was not kept: its `number`, and what to ask
// for `around`, that number or the pass before; null where all are there.
export function missing(walk, place, next) {
  if (next > place) {
    const { skipped, number } = walk.moment(next)
    return skipped ? { number: number - skipped, around: [number - skipped] } : null
  }
  const { skipped, number, passes } = walk.moment(place)
  if (next === place || !skipped) return null
  const path = passes.map(one => one.index)
  const isLater = path.length > 0 && path.at(-1) > 0
  const before = isLater && [passes.at(-1).line, ...path.slice(0, -1), path.at(-1) - 1]
  return { number: number - 1, around: before || [number - 1] }
}

// Where each pass of the outermost loop begins.
export function passStarts(walk) {
  const starts = []
  for (let at = 0; at < walk.count; at++) {
    const pass = outer(walk, at)
    if (pass !== null && (at === 0 || outer(walk, at - 1) !== pass)) starts.push(at)
  }
  return starts
}

const outer = (walk, place) => {
  const { passes, moments } = walk.wire
  let found = null
  for (let one = moments.pass[place]; one >= 0; one = passes.around[one]) found = one
  return found
}

function seek(walk, place, direction, holds) {
  for (let at = place + direction; at >= 0 && at < walk.count; at += direction) {
    if (holds(at)) return at
  }
}

const edge = (walk, place, direction) =>
  direction < 0 ? 0 : place === walk.count - 1 ? place : walk.count - 1
