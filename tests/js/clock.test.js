import assert from "node:assert/strict"
import { test } from "node:test"
import { begun, told } from "../../groundup/ui/course/clock/telling.js"
import { mount } from "../../groundup/ui/course/clock/clock.js"
import * as pressing from "../../groundup/ui/course/plan_keys/pressing.js"
import { isLeft, isReady, isTaken, pressed } from "../../groundup/ui/course/plan_keys/plan_keys.js"

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

test("in a room the arrows turn too, but not what a player, a picture or a slider moves", () => {
  const plain = [{ matches: () => false }, {}]
  const player = [{ matches: selector => selector.includes(".stBidiComponent") }]
  const onward = pressed("PageDown", plain, false)
  assert.ok(onward.includes(".st-key-plan_next a"))
  assert.deepEqual(pressed("ArrowRight", plain, true), onward)
  assert.deepEqual(pressed("ArrowLeft", plain, true), pressed("PageUp", plain, true))
  assert.deepEqual(pressed("ArrowRight", plain, false), [])
  assert.deepEqual(pressed("ArrowRight", player, true), [])
  assert.deepEqual(pressed("PageDown", player, true), onward)
  assert.deepEqual(pressed("b", plain, true), [])
})

test("what Page Down presses on the page is told, and done where one comes back to it", () => {
  const element = {}
  const data = { stop: "plan 3", press: ["Step", "Step", "Train"] }
  const here = pressing.reached(element, data, false)
  assert.equal(pressing.told(here), "Page Down: Step, 1 of 2")
  here.count = 1
  assert.equal(pressing.told(pressing.reached(element, data, false)), "Page Down: Step, 2 of 2")
  here.count = 2
  assert.equal(pressing.told(here), "Page Down: Train")
  here.count = 3
  assert.equal(pressing.told(here), "")
  assert.equal(pressing.told(pressing.reached(element, { stop: "plan 4" }, false)), "")
  assert.equal(pressing.reached(element, data, true).count, 3)
})

test("whichever beat Streamlit ends, the other tells of the moment that is on", t => {
  t.mock.timers.enable({ apis: ["setInterval"] })
  globalThis.sessionStorage = { getItem: () => null, setItem() {} }
  const parts = {}
  const querySelector = name =>
    (parts[name] ??= { classList: { toggle() {} }, matches: () => false })
  const shown = at =>
    mount({ parentElement: { querySelector }, data: { plan: "p", at, minutes: [4, 8] } })
  const endFirst = shown(1)
  const endSecond = shown(2)
  endSecond()
  t.mock.timers.tick(1000)
  assert.equal(parts[".moment"].textContent, "8 min planned")
  endFirst()
})

test("what is greyed is not pressed; what is left of the page before is waited for", () => {
  const link = (disabled, isOld) => ({
    href: "http://here/next",
    getAttribute: () => disabled,
    closest: css => (css.includes("data-stale") && isOld ? {} : null),
  })
  assert.equal(isReady(link(null, false)), true)
  assert.equal(isReady(link("true", false)), false)
  assert.equal(isLeft(link(null, false), null), false)
  assert.equal(isLeft(link(null, true), null), true)
  assert.equal(isLeft(link(null, false), "http://here/next"), true)
  assert.equal(isLeft(link(null, false), "http://here/before"), false)
})
