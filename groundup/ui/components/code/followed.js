// What a picture of a training loop shows at each moment of a recording: the weights, and the
// prediction, the loss and the gradient that stand in their variables, each with the weights that it
// was computed with. Those may be older than the weights: then the picture says so.
// groundup/training/provenance.py says which names these are, and what is computed from what.

import { formOf } from "./names.js"

const TEXT = 0 // the call that is the text itself
const NUMBERS = { NaN: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY }

// One for each moment; `identity` is that of the text which a picture must be of to follow.
export function followed(walk, { identity, names }) {
  const reader = new Reader(walk, names)
  return Array.from(walk.views(), (view, at) => ({ text: identity, ...reader.read(at, view) }))
}

class Reader {
  now = []
  stamps = new Map()
  // How many passes of the loop are complete, and of a loop within it.
  at = 0
  inner = 0

  constructor(walk, names) {
    Object.assign(this, { walk, names })
  }

  read(at, view) {
    const { line, kind, passes, raised } = this.walk.moment(at)
    const before = this.now
    this.now = this.names.weights.map(name => numberOf(this.walk, entryOf(this.walk, view, name)))
    this.count(passes)
    if (this.walk.parts.skipped.get(at) && !isSame(before, this.now)) this.forget()
    if (kind === "after") this.stamp(line, view)
    const { place, at: epoch, inner } = this
    return { line, failed: Boolean(raised), place, at: epoch, inner, ...this.told(view) }
  }

  count(passes) {
    const outer = passes.findIndex(one => one.target === this.names.loop)
    const within = passes[outer + 1]
    if (outer < 0) {
      if (this.place === "in") Object.assign(this, { place: "after", at: this.at + 1, inner: 0 })
      this.place ??= "before"
    } else if (this.place !== "in" || this.at !== passes[outer].index) {
      Object.assign(this, { place: "in", at: passes[outer].index, inner: within?.index ?? 0 })
      this.isWithin = Boolean(within)
    } else if (within) Object.assign(this, { inner: within.index, isWithin: true })
    else if (this.isWithin) Object.assign(this, { inner: this.inner + 1, isWithin: false })
  }

  // Passes were left out: what was computed in them was computed with weights that nobody knows.
  forget() {
    for (const name of this.stamps.keys()) this.stamps.set(name, { of: null, when: null })
  }

  stamp(line, view) {
    const [made, ...read] = this.names.computed[line] ?? []
    if (!made) return
    const isOfNow = read.some(name => this.names.weights.includes(name))
    const source = read.find(name => this.stamps.has(name))
    const of = isOfNow ? this.now : (this.stamps.get(source)?.of ?? null)
    const points = made === this.names.guess && this.batch(view)
    this.stamps.set(made, { of, when: [this.at, this.inner], ...(points && { points }) })
  }

  // The numbers of the examples in the present batch, if the text has one and all are recorded.
  batch(view) {
    const entry = this.names.batch ? entryOf(this.walk, view, this.names.batch) : null
    if (typeof entry?.[0] !== "number") return null
    const count = formOf(this.walk, entry).shape.reduce((product, size) => product * size, 1)
    return entry[5]?.length === count ? entry[5] : null
  }

  told(view) {
    const { weights, guess, loss, gradient } = this.names
    const slopes = weights.map(name => slopeOf(this.walk, view, name))
    return {
      weights: this.now,
      guess: this.known(guess),
      loss: this.known(loss, numberOf(this.walk, entryOf(this.walk, view, loss))),
      gradient: this.known(gradient, slopes.some(one => one !== null) ? slopes : null),
    }
  }

  // A value, the weights that it was computed with (null: nobody knows) and whether they are gone.
  known(name, value) {
    const stamp = this.stamps.get(name)
    if (!stamp || value === null) return null
    return { value, ...stamp, isOld: !stamp.of || !isSame(stamp.of, this.now) }
  }
}

const isSame = (one, other) =>
  one.length === other.length && one.every((value, n) => Object.is(value, other[n]))

function entryOf(walk, view, name) {
  const held = view.names.get(TEXT)?.get(name) ?? -1
  return held >= 0 && held % 2 === 0 ? objectOf(walk, view, held / 2) : null
}

const objectOf = (walk, view, object) => walk.wire.entries[view.objects.get(object)] ?? null

// The one number of a tensor; null for anything else.
function numberOf(walk, entry) {
  if (typeof entry?.[0] !== "number") return null
  if (formOf(walk, entry).shape.some(size => size !== 1) || !entry[5]?.length) return null
  return NUMBERS[entry[5][0]] ?? entry[5][0]
}

function slopeOf(walk, view, name) {
  const entry = entryOf(walk, view, name)
  const isTensor = typeof entry?.[0] === "number"
  return isTensor && entry[4] >= 0 ? numberOf(walk, objectOf(walk, view, entry[4])) : null
}
