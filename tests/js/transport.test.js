import assert from "node:assert/strict"
import { test } from "node:test"
import { Clock } from "../../groundup/ui/components/transport/clock.js"
import { isElsewhere, meaning } from "../../groundup/ui/components/transport/keys.js"
import { isSteep, lossAxis } from "../../groundup/ui/components/transport/losses.js"
import {
  inWords,
  labels,
  playLabel,
  progress,
  sentence,
} from "../../groundup/ui/components/transport/speech.js"

function clockAt(done, epochs, speed = 10) {
  const clock = new Clock()
  clock.extend({ done, epochs }, true, 1000)
  clock.speed = speed
  return clock
}

test("a finished run moves at the chosen speed, and ends at its end", () => {
  const clock = clockAt(20, 20)
  clock.advance(100, 1100)
  assert.equal(clock.position, 1)
  clock.seek(19.9)
  clock.advance(100, 1200)
  assert.equal(clock.position, 20)
  assert.ok(clock.over)
})

test("a frame that took long moves no further than one that was seen", () => {
  const clock = clockAt(20, 20)
  clock.advance(60_000, 61_000)
  assert.equal(clock.position, 2.5)
})

test("the first epochs go slowly where the scene says so, and never faster than was chosen", () => {
  const clock = clockAt(100, 100, 20)
  clock.slow = { epochs: 10, speed: 1 }
  clock.advance(200, 1200)
  assert.equal(clock.position, 0.2)
  clock.seek(10)
  clock.advance(200, 1400)
  assert.equal(clock.position, 14)
  clock.seek(0)
  clock.speed = 0.5
  assert.equal(clock.pace(1600), 0.5)
})

test("an unfinished run lasts until its next piece arrives, and waits at its newest epoch", () => {
  const clock = clockAt(13, 100, 500)
  assert.equal(clock.pace(1000), 10)
  for (let now = 1000; now < 10_000; now += 16) clock.advance(16, now)
  assert.ok(clock.position <= 13)
  assert.ok(!clock.over)
})

test("the pace follows how often pieces arrive", () => {
  const clock = clockAt(10, 100, 500)
  clock.extend({ done: 20, epochs: 100 }, false, 2000)
  // Half way between the first guess of 1300 ms and the second that passed.
  assert.equal(clock.pace(2000), 20 / 1.15)
})

test("a position stays within what has been computed", () => {
  const clock = clockAt(20, 50)
  clock.seek(99)
  assert.equal(clock.position, 20)
  clock.seek(-1)
  assert.equal(clock.position, 0)
})

test("one back and one forward are whole epochs beside a fraction", () => {
  const clock = clockAt(20, 20)
  clock.seek(3.5)
  assert.deepEqual([clock.before, clock.next], [3, 4])
  clock.seek(3)
  assert.deepEqual([clock.before, clock.next], [2, 4])
})

test("keys mean what they say, and a space on a button is the button's", () => {
  assert.equal(meaning(" ", "DIV"), "toggle")
  assert.equal(meaning(" ", "BUTTON"), undefined)
  assert.equal(meaning("ArrowLeft", "INPUT"), "back")
  assert.equal(meaning("ArrowRight", "BUTTON"), "forward")
  assert.equal(meaning("x", "DIV"), undefined)
})

const said = { start: "start", end: "end", diverged: "diverged" }
const sceneOf = more => ({ said, epochs: 3, runs: [{ loss: [1, 2, 3] }], ...more })

test("the sentence follows the run", () => {
  const texts = [0, 1, 3].map(complete => sentence(sceneOf(), [], complete).text)
  assert.deepEqual(texts, ["start", "", "end"])
})

test("a loss that is no number is told, and told as bad, once it is seen", () => {
  const scene = sceneOf({ runs: [{ loss: [1, Number.NaN, Number.NaN] }] })
  assert.equal(sentence(scene, [], 1).text, "")
  assert.deepEqual(sentence(scene, [], 2), { text: "diverged", bad: true, instead: false })
})

test("a sentence in place of all others is not bad", () => {
  const scene = sceneOf({ said: { ...said, instead: "other" }, runs: [{ loss: [Infinity] }] })
  assert.deepEqual(sentence(scene, [], 1), { text: "other", bad: false, instead: true })
})

test("a scene with words of its own is asked for them", () => {
  const scene = sceneOf({ say: ([state]) => ({ text: `at ${state.complete}`, bad: true }) })
  assert.deepEqual(sentence(scene, [{ complete: 2 }], 2), {
    text: "at 2",
    bad: true,
    instead: false,
  })
})

test("the button says what a press does, and the slider where the run stands", () => {
  const label = (playing, complete) => playLabel({ playing, complete, epochs: 9 })
  assert.deepEqual(
    [label(true, 4), label(false, 0), label(false, 4), label(false, 9)],
    ["❚❚ Stop", "▶ Play", "▶ Resume", "↻ Replay"],
  )
  assert.equal(progress({ complete: 4, epochs: 9 }, "step"), "4 of 9 steps")
  assert.equal(labels("step").speed, "Steps a second")
})

test("a player's numbers are told by their names, and what is not known yet is not told", () => {
  const row = (name, value) => ({ name, value })
  assert.equal(
    inWords([row("epoch", "12"), row("loss", "0.31"), row("w", "—")]),
    "epoch 12, loss 0.31",
  )
  assert.equal(inWords([row("loss", "")]), "")
})

test("a loss axis holds every loss, and a logarithmic one every positive loss", () => {
  const runs = [{ loss: [8, 0.5, Number.NaN] }, { loss: [0, -1] }]
  const linear = lossAxis({ runs }, false)
  assert.equal(linear.low, 0)
  assert.ok(linear.high >= 8)
  const log = lossAxis({ runs }, true)
  assert.ok(log.log && log.low > 0 && log.low <= 0.5 && log.high >= 8)
  assert.ok(!lossAxis({ runs: [{ loss: [0] }] }, true).log)
  assert.ok(lossAxis({ runs: [{ loss: [1, 1e30] }], span: [0, 10] }, false).high < 2)
})

test("losses over six powers of ten, or broken off, are steep", () => {
  assert.ok(isSteep([{ loss: [1, 1e-7] }]))
  assert.ok(isSteep([{ loss: [1, Infinity] }]))
  assert.ok(!isSteep([{ loss: [1, 0.1] }]))
  assert.ok(!isSteep([{ loss: [] }]))
})

test("a key that something outside the player has a use for is not the player's", () => {
  const event = { ctrlKey: false, metaKey: false, altKey: false }
  const root = { contains: target => target.inside }
  const of = (matching, inside = false) => ({
    inside,
    closest: query => query.split(", ").includes(matching) || null,
  })
  // An expander, the code pane, the data table's canvas.
  for (const other of ["summary", "[role=list]", "canvas"]) {
    assert.equal(isElsewhere(event, of(other), root), true)
  }
  assert.equal(isElsewhere(event, of("canvas", true), root), false)
  assert.equal(isElsewhere(event, of("section"), root), false)
})

test("passes are counted as passes", () => {
  assert.equal(labels("pass").speed, "Passes a second")
  assert.equal(progress({ complete: 3, epochs: 9 }, "pass"), "3 of 9 passes")
  assert.equal(labels("epoch").unit, "epochs/s")
})
