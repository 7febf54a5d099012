import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { followed } from "../../groundup/ui/components/code/followed.js"
import { led } from "../../groundup/ui/components/code/timeline.js"
import { walkOf } from "../../groundup/ui/components/code/trace.js"
import { beforePass, missing } from "../../groundup/ui/components/code/ways.js"
import { arrowOf } from "../../groundup/ui/components/player/surface.js"
import {
  guessOf,
  toldNumbers,
  toldSentence,
  toldState,
} from "../../groundup/ui/components/player/told.js"
import { numbersAt, states } from "../../groundup/ui/components/player/track.js"
import { onAnnounced, takenTo, tell, toldBy } from "../../groundup/ui/components/shared/channel.js"

const file = process.env.GROUNDUP_FOLLOWED
const skip = file ? false : "the recordings are made by tests/ui/test_javascript.py"
const runs = file ? JSON.parse(readFileSync(file, "utf8")) : []
const told = ({ wire, names }) => followed(walkOf(wire), { identity: "text", names })

// Numbers travel with as many digits as tell a float32 from all others.
const singles = values => values.map(value => (value === null ? null : Math.fround(value)))
const close = (one, other) => Math.abs(one - other) <= 1e-4 * Math.max(1, Math.abs(other))
const lineOf = ([w, b], xs) => xs.map(x => w * x + b)
const lossOf = (weights, [xs, ys]) => {
  const off = lineOf(weights, xs).map((y, i) => (y - ys[i]) ** 2)
  return off.reduce((sum, one) => sum + one, 0) / off.length
}

// The moments of a recording at the lines of which a plain run was asked, with its numbers.
function* beside(run) {
  const lines = new Set(run.plain.map(row => row.line))
  const moments = told(run).filter((one, at) => {
    const { kind, raised } = walkOf(run.wire).moment(at)
    return lines.has(one.line) && kind === "after" && !raised
  })
  assert.equal(moments.length, run.plain.length, run.name)
  for (const [n, one] of moments.entries()) yield [one, run.plain[n], `${run.name} ${n}`]
}

test("weights, loss and gradient are those of a plain run after the same line", { skip }, () => {
  for (const run of runs) {
    for (const [one, plain, where] of beside(run)) {
      const { loss, slopes } = plain
      assert.deepEqual(singles(one.weights), singles([plain.w, plain.b]), where)
      assert.deepEqual(singles([one.loss?.value]), singles([loss?.values[0]]), where)
      assert.deepEqual(singles(one.gradient?.value ?? [null, null]), singles(slopes), where)
    }
  }
})

test("prediction and loss come of the weights that are told with them, and say if those are gone", {
  skip,
}, () => {
  let old = 0
  for (const run of runs) {
    for (const [one, plain, where] of beside(run)) {
      if (plain.y_hat) {
        const there = lineOf(one.guess.of, plain.y_hat.on[0])
        assert.ok(
          there.every((y, i) => close(y, plain.y_hat.values[i])),
          where,
        )
        const isSame = one.guess.of.every((value, i) => value === one.weights[i])
        assert.equal(one.guess.isOld, !isSame, where)
      }
      if (!plain.loss) continue
      assert.ok(close(lossOf(one.loss.of, plain.loss.on), plain.loss.values[0]), where)
      if (!close(lossOf(one.weights, plain.loss.on), plain.loss.values[0])) {
        assert.ok(one.loss.isOld, where)
        old++
      } else if (!one.loss.isOld) assert.deepEqual(one.loss.of, one.weights, where)
    }
  }
  assert.ok(old > 20)
})

test("after a gap nobody knows what the loss was computed with, and it is old", { skip }, () => {
  const thin = runs.find(run => run.wire.moments.gaps.length)
  const [place] = thin.wire.moments.gaps.find(([at]) => told(thin)[at].place === "in")
  const { guess, loss } = told(thin)[place]
  assert.deepEqual([loss.of, loss.isOld, guess.of], [null, true, null])
  assert.match(toldSentence({ guess, loss }), /not kept/)
  const walk = walkOf(thin.wire)
  const found = missing(walk, place, place - 1)
  const { passes, number } = walk.moment(place)
  assert.deepEqual(found.around, [passes[0].line, passes[0].index - 1])
  assert.equal(found.number, number - 1)
  assert.equal(beforePass(walk, "epoch", passes[0].index - 1, 0), null)
  assert.equal(beforePass(walk, "epoch", passes[0].index, 0), place)
  const on = missing(walk, place - 1, place)
  assert.equal(on.number, walk.moment(place - 1).number + 1)
})

const track = { every: 1, w: [1, 2], b: [0, 0], gw: [9, 9], gb: [9, 9] }
const run = { start: [0, 0], loss: [9, 8, 7], w: [1, 2], b: [0, 0], gw: [9, 9], gb: [9, 9], track }
const stamp = (of, value, isOld, when = [1, 0]) => ({ of, value, isOld, when })
const after = {
  ...{ text: "text", line: 43, place: "in", at: 1, inner: 0, weights: [2, 0] },
  guess: stamp([1, 0], undefined, true),
  loss: stamp([1, 0], 8, true),
  gradient: stamp([1, 0], [-5, 0], true),
}

test("after the update the line is solid now, dashed at the guess, and the loss is old", () => {
  const [state] = states({ runs: [run], told: after }, 0)
  assert.deepEqual([state.w, state.b, state.complete, state.passed, state.known], [2, 0, 1, 1, 2])
  assert.deepEqual(guessOf(state), { w: 1, b: 0, isOld: true, hasBars: true })
  assert.deepEqual(state.mark, { x: 1, y: 8, isOld: true })
  assert.deepEqual(arrowOf(run.track, state), { from: [1, 0], slope: [-5, 0], isOld: true })
  const { epoch, moment, loss, old } = numbersAt({ runs: [run], told: after }, 0)
  assert.deepEqual([epoch, moment, loss], [1, "Epoch 1, after line 43", 8])
  const raised = { ...after, failed: true }
  assert.equal(toldNumbers(raised).moment, "Epoch 1, line 43 failed")
  assert.equal(toldNumbers({ ...raised, place: "before" }).moment, "Line 43 failed")
  assert.deepEqual(old, { loss: true, "w.grad": true, "b.grad": false })
})

test("what is said of a moment is said only where it is so", () => {
  assert.match(toldSentence(after), /^Dashed is the line of the guess and of its loss; solid is/)
  const anew = { ...after, loss: stamp([2, 0], 7, false) }
  assert.equal(toldSentence(anew), "Dashed is the line of the guess; solid is the line now.")
  const guessed = { ...after, guess: stamp([2, 0], undefined, false) }
  assert.equal(toldSentence(guessed), "The loss is still that of the line before.")
  assert.equal(toldSentence({ ...guessed, loss: anew.loss }), "")
  assert.equal(toldSentence({ guess: null, loss: null }), "")
})

test("before there is a prediction no bars are drawn, and no loss", () => {
  const none = { guess: null, loss: null, gradient: null }
  const first = { ...after, ...none, place: "before", at: 0, weights: [null, null] }
  const state = toldState(run, first)
  assert.deepEqual([guessOf(state).hasBars, state.mark, state.known], [false, null, 0])
  assert.equal(arrowOf(run.track, state), null)
  const { epoch, moment, w } = toldNumbers(first)
  assert.deepEqual([epoch, moment, w], [null, "After line 43", null])
})

test("in batches a guess is told with the examples that it is made for", { skip }, () => {
  for (const recording of runs.filter(({ plain }) => plain.length)) {
    const epochs = new Map()
    for (const [{ guess }, plain, where] of beside(recording)) {
      const isWhole = recording.name !== "batches"
      if (!guess || isWhole) {
        assert.equal(guess?.points, undefined, where)
        continue
      }
      assert.equal(guess.points.length, plain.y_hat.values.length, where)
      const [epoch, inner] = guess.when
      epochs.set(epoch, (epochs.get(epoch) ?? new Map()).set(inner, guess.points))
    }
    // An epoch's batches are all five points, each once.
    for (const batches of epochs.values())
      assert.deepEqual([...batches.values()].flat().sort(), [0, 1, 2, 3, 4])
    assert.equal(epochs.size, recording.name === "batches" ? 3 : 0)
  }
})

test("the examples of a guess go with it into the picture", () => {
  const batch = { ...after, guess: { ...after.guess, points: [4, 0] } }
  assert.deepEqual(guessOf(toldState(run, batch)).points, [4, 0])
})

test("in batches the place within the epoch counts", () => {
  const fine = { ...run, track: { ...track, every: 0.5, stride: 1, w: [1, 2, 3, 4], b: [0, 0] } }
  assert.equal(toldState(fine, { ...after, inner: 1 }).passed, 3)
  const late = { ...after, loss: stamp([1, 0], 8, false, [1, 2]) }
  assert.equal(toldState(fine, late).mark.x, 2)
})

// Node has no window.
const target = new EventTarget()
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
  globalThis[name] = target[name].bind(target)
}
globalThis.CustomEvent ??= class extends Event {
  constructor(name, { detail }) {
    super(name)
    this.detail = detail
  }
}

test("a code stands where the timeline of its own text stands, and else where the server says", () => {
  const none = { running: 3, failed: null, timeline: null }
  assert.equal(led(none), none)
  const timeline = { leader: "graph", text: "text", at: 2, lines: [null, 9, 10], failed: 11 }
  const sent = { ...none, timeline }
  assert.equal(led(sent), sent)
  tell("graph", { text: "text", at: 1 })
  assert.deepEqual([led(sent).running, led(sent).failed], [9, null])
  tell("graph", { text: "text", at: 2 })
  assert.deepEqual([led(sent).running, led(sent).failed], [10, 11])
  for (const other of [{ text: "another", at: 1 }, { text: "text", at: 3 }, null]) {
    tell("graph", other)
    assert.equal(led(sent), sent)
  }
})

test("a picture follows the steps of its own code and its own text alone", () => {
  const heard = []
  const end = onAnnounced(
    "moment",
    () => "code",
    () => heard.push(toldBy("code", "text")),
  )
  tell("code", after)
  tell("other", after)
  tell("code", { ...after, text: "another" })
  tell("code", null)
  tell("code", null)
  assert.deepEqual(heard, [after, null, null])
  end()
  tell("code", after)
  assert.equal(heard.length, 3)
  const places = []
  onAnnounced(
    "place",
    () => "code",
    ({ text, at }) => places.push([text, at]),
  )
  takenTo("code", "text", 7)
  takenTo("other", "text", 8)
  assert.deepEqual(places, [["text", 7]])
})
