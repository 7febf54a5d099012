import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { framesAt } from "../../groundup/ui/components/code/names.js"
import { place, sentence } from "../../groundup/ui/components/code/said.js"
import { sharedLetters } from "../../groundup/ui/components/code/table.js"
import { walkOf } from "../../groundup/ui/components/code/trace.js"
import {
  byPass,
  into,
  out,
  over,
  passStarts,
  toChange,
  toLine,
  toNumber,
} from "../../groundup/ui/components/code/ways.js"

const file = process.env.GROUNDUP_WALKS
const skip = file ? false : "the recordings are made by tests/ui/test_javascript.py"
const recordings = file ? JSON.parse(readFileSync(file, "utf8")) : []
const walks = recordings.map(({ wire }) => walkOf(wire))
const [loop, model, long] = walks

// The rows and values of the innermost frame, by name.
const rows = (walk, at, frame = 0) => {
  const { rows, values } = framesAt(walk, at)[frame]
  return Object.fromEntries([...rows, ...values].map(row => [row.name, row]))
}
const lineAt = (walk, at) => walk.moment(at).line

test("every moment is what another decoder reads, in whatever order it is looked at", {
  skip,
}, () => {
  recordings.forEach(({ wire, moments }, n) => {
    const order = moments.map((_, at) => (at * 37) % moments.length)
    for (const at of order) {
      const [number, line, kind, call, path, shown] = moments[at]
      const found = walks[n].moment(at)
      assert.deepEqual(
        [found.number, found.line, found.kind, found.call.number, found.passes.map(p => p.index)],
        [number, line, kind, call, path],
      )
      const names = [...walks[n].view(at).names].map(([one, held]) => [
        one,
        Object.fromEntries(
          [...held].map(([name, h]) => [name, h % 2 ? wire.values[(h - 1) / 2] : h / 2]),
        ),
      ])
      const wanted = Object.entries(shown).map(([one, held]) => [Number(one), held])
      assert.deepEqual(new Map(names), new Map(wanted), `moment ${at}`)
    }
  })
})

test("back and on lead over the same places, and stop at the ends", { skip }, () => {
  for (const walk of walks.slice(0, 2)) {
    const seen = [0]
    for (let at = 0; over(walk, at, 1) !== at; at = seen.at(-1)) seen.push(over(walk, at, 1))
    assert.equal(seen.at(-1), walk.count - 1)
    assert.ok(seen.every(at => walk.depth(at) === 0))
    const back = [seen.at(-1)]
    while (back[0] !== 0) back.unshift(over(walk, back[0], -1))
    assert.deepEqual(back, seen)
  }
})

test("a call is stepped over, into, and out of", { skip }, () => {
  const called = model.wire.calls.find(call => call[1] === "forward")
  const inside = model.wire.moments.call.indexOf(called[0])
  assert.equal(into(model, inside - 1), inside)
  assert.equal(place(model, inside), `epoch 0 › forward › line ${lineAt(model, inside)}`)
  assert.match(sentence(model, inside), /^Line \d+: forward hands back /)
  assert.equal(framesAt(model, inside).length, 2)
  const after = out(model, inside)
  assert.equal(lineAt(model, after), called[4])
  assert.equal(over(model, inside - 1, 1), after)
})

test("passes, lines, changes and numbers are found", { skip }, () => {
  const starts = passStarts(loop)
  assert.deepEqual(
    starts.map(at => loop.moment(at).passes[0].index),
    [0, 1, 2],
  )
  assert.equal(byPass(loop, starts[0], 1), starts[1])
  assert.equal(byPass(loop, starts[1] + 3, -1), starts[1])
  assert.equal(byPass(loop, starts[1], -1), starts[0])
  const update = loop.wire.moments.line.findIndex(
    (_, at) => at > starts[1] && rows(loop, at).w.fresh,
  )
  assert.equal(toChange(loop, starts[1], 0, "w"), update)
  assert.equal(toLine(loop, starts[0], lineAt(loop, update)) < starts[1], true)
  assert.equal(toLine(loop, 0, 10_000), null)
  assert.equal(toNumber(loop, 17), 17)
  assert.equal(toNumber(long, 10 ** 6), long.count - 1)
})

test("an update in place says so, and a gradient has a row before there is one", { skip }, () => {
  const update = toChange(loop, passStarts(loop)[1], 0, "w")
  const { w } = rows(loop, update)
  assert.deepEqual(
    [w.before, w.after, w.note, w.shape],
    ["−0.2954", "0.2433", "in place", "(1, 1)"],
  )
  // A gradient is a part of what there is to say of w, so the first change of w is backward().
  const backward = toChange(loop, passStarts(loop)[0], 0, "w")
  assert.equal(rows(loop, backward - 1)["w.grad"].after, "None")
  assert.match(sentence(loop, backward), /w\.grad went from None to −7\.046/)
  const [, second] = passStarts(loop)
  assert.equal(rows(loop, toChange(loop, second, 0, "loss")).loss.note, "a new tensor")
})

test("tensors that read one block of memory have one letter", { skip }, () => {
  const inside = model.wire.moments.kinds.returned[0]
  const [frame, text] = framesAt(model, inside)
  const letters = Object.fromEntries(
    [...frame.rows, ...text.rows].map(r => [r.name, r.memory?.letter]),
  )
  assert.equal(letters.x, letters.X)
  assert.ok(sharedLetters([...frame.rows, ...text.rows]).has(letters.x))
  assert.notEqual(letters.X, letters.y_true)
})

test("what is not kept is counted", { skip }, () => {
  const at = long.wire.moments.gaps[0][0]
  assert.match(sentence(long, at), /^[\d,]+ statements before it are not kept\. /)
})
