// A recorded run, walked forwards and backwards without the server.
// groundup/engine/trace/wire.py says what is sent.

const EVERY = 64 // moments between two places from which a view is made anew

export const GONE = -1

// The run as it was sent: JSON, compressed, in base64.
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))
  return new Response(stream).json()
}

export const walkOf = wire => new Walk(wire)

class Walk {
  constructor(wire) {
    const { moments } = wire
    this.wire = wire
    this.count = moments.line.length
    this.calls = new Map(wire.calls.map(call => [call[0], callOf(call)]))
    this.parts = partsOf(moments)
    this.kinds = new Map(
      Object.entries(moments.kinds).flatMap(([kind, places]) => places.map(at => [at, kind])),
    )
    this.returned = new Map(moments.returned)
    this.raised = new Map(moments.raised.map(([at, kind, words]) => [at, { kind, words }]))
    this.numbers = running(this.count, moments.numbers)
    this.printed = grown(this.count, moments.printed)
    this.kept = new Map()
  }

  depth(place) {
    return this.calls.get(this.wire.moments.call[place]).depth
  }

  moment(place) {
    const { moments } = this.wire
    return {
      place,
      call: this.calls.get(moments.call[place]),
      number: this.numbers[place],
      line: moments.line[place],
      kind: this.kinds.get(place) ?? "after",
      passes: passesOf(this.wire, moments.pass[place]),
      printed: this.printed[place],
      returned: this.returned.get(place),
      raised: this.raised.get(place),
      skipped: this.parts.skipped.get(place) ?? 0,
    }
  }

  // What stands when the moment at `place` is over; before the first one, nothing.
  view(place) {
    const from = place - (place % EVERY)
    const made = place < 0 ? { names: new Map(), objects: new Map() } : copied(this.begun(from))
    for (let at = from; at >= 0 && at <= place; at++) apply(this.wire, this.parts, made, at)
    return made
  }

  // What stands after each moment in turn; it is one object, that goes on.
  *views() {
    const made = { names: new Map(), objects: new Map() }
    for (let at = 0; at < this.count; at++) {
      apply(this.wire, this.parts, made, at)
      yield made
    }
  }

  // Shows `see` what stands at each of `places`, which go up: one view, which goes on with them.
  sweep(places, see) {
    const view = { names: new Map(), objects: new Map() }
    let at = 0
    places.forEach((place, n) => {
      for (; at <= place; at++) apply(this.wire, this.parts, view, at)
      see(view, n)
    })
  }

  // What stands before the moment at `from`, a multiple of EVERY.
  begun(from) {
    if (!this.kept.has(from)) this.kept.set(from, this.view(from - 1))
    return this.kept.get(from)
  }
}

function callOf([number, name, kind, depth, line, caller, within]) {
  return { number, name, kind, depth, line, caller, within }
}

// The passes of loops around a place, the outermost first.
function passesOf(wire, pass) {
  const found = []
  for (let one = pass; one >= 0; one = wire.passes.around[one]) {
    const loop = wire.loops[wire.passes.loop[one]]
    found.unshift({ pass: one, line: loop[0], target: loop[1], index: wire.passes.index[one] })
  }
  return found
}

// Numbers that go up by one, but where `jumps` says otherwise.
function running(count, jumps) {
  const set = new Map(jumps)
  const numbers = []
  for (let at = 0; at < count; at++) numbers.push(set.get(at) ?? (at ? numbers[at - 1] + 1 : 0))
  return numbers
}

function grown(count, steps) {
  const set = new Map(steps)
  const counts = []
  for (let at = 0; at < count; at++) counts.push(set.get(at) ?? (at ? counts[at - 1] : 0))
  return counts
}

// Where each moment's bindings and changes stand, those of a gap before it apart.
function partsOf(moments) {
  const gaps = new Map(moments.gaps.map(([place, ...rest]) => [place, rest]))
  const parts = { start: [], own: [], end: [], skipped: new Map() }
  let [binding, change] = [0, 0]
  for (let at = 0; at < moments.line.length; at++) {
    const [skipped, bindings, changes] = gaps.get(at) ?? [0, 0, 0]
    if (skipped) parts.skipped.set(at, skipped)
    parts.start.push([binding, change])
    parts.own.push([binding + bindings, change + changes])
    binding += bindings + moments.bindings[at]
    change += changes + moments.changes[at]
    parts.end.push([binding, change])
  }
  return parts
}

function apply(wire, parts, view, at) {
  const { bindings, changes } = wire
  for (let i = parts.start[at][0]; i < parts.end[at][0]; i++) {
    const call = bindings.call[i]
    if (!view.names.has(call)) view.names.set(call, new Map())
    const names = view.names.get(call)
    const name = wire.names[bindings.name[i]]
    if (bindings.held[i] === GONE) names.delete(name)
    else names.set(name, bindings.held[i])
  }
  for (let i = parts.start[at][1]; i < parts.end[at][1]; i++) {
    view.objects.set(changes.object[i], changes.entry[i])
  }
}

function copied({ names, objects }) {
  return {
    names: new Map([...names].map(([call, held]) => [call, new Map(held)])),
    objects: new Map(objects),
  }
}
