import assert from "node:assert/strict"
import { test } from "node:test"
import { begun, told } from "../../groundup/ui/course/clock/telling.js"
import { isTaken } from "../../groundup/ui/course/plan_keys/plan_keys.js"

const MINUTES = [4, 8, 6]
const at = seconds => 1_000_000 + seconds * 1000

test("a clock that was not started tells what is planned", () => {
  assert.deepEqual(told({}, 2, MINUTES, at(0)), {
    moment: "8 min planned",
    whole: "18 min in all",
    pace: "",
  })
})

test("it tells what a moment used, and whether the plan is kept", () => {
  let kept = { 1: at(0) }
  assert.equal(told(kept, 1, MINUTES, at(65)).moment, "1:05 of 4 min")
  assert.equal(told(kept, 1, MINUTES, at(300)).moment, "5:00, over by 1:00")
  assert.equal(told(kept, 1, MINUTES, at(300)).pace, "1:00 behind the plan")
  kept = begun(kept, 2, at(300))
  assert.deepEqual(told(kept, 2, MINUTES, at(330)), {
    moment: "0:30 of 8 min",
    whole: "5:30 used, 12:30 left",
    pace: "in time",
  })
  assert.deepEqual(begun(kept, 1, at(400)), kept) // back in a moment, it goes on
})

test("a clock that is started later leaves out what was not given", () => {
  assert.equal(told({ 2: at(0) }, 2, MINUTES, at(60)).whole, "1:00 used, 13:00 left")
})

test("a key that is held with another, or in a field, is not the plan's", () => {
  const field = { closest: () => true }
  assert.equal(isTaken({}, { closest: () => null }), false)
  assert.equal(isTaken({}, field), true)
  assert.equal(isTaken({ ctrlKey: true }, null), true)
})
