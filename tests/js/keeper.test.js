import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { decide, mount } from "../../groundup/ui/course/keeper/keeper.js"
import { comeTo, hasBars, stepAt } from "../../groundup/ui/shell/first_player/steps.js"

// A browser with one tab: its store, what the server was told, and when the tab is looked at again.
const kept = new Map()
const told = []
const watching = []
const setTriggerValue = (name, said) => told.push([name, said])
const show = (text, includes = null) => mount({ data: { text, includes }, setTriggerValue })
const NAME = "groundup-progress:/app/"

beforeEach(() => {
  kept.clear()
  told.length = watching.length = 0
  globalThis.groundup = {}
  globalThis.location = { pathname: "/app/tensors" }
  globalThis.document = { hidden: false, addEventListener: (_, act) => watching.push(act) }
  globalThis.localStorage = {
    getItem: name => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
  }
})

test("a new visitor is asked nothing, and their first answer is kept", () => {
  show("")
  assert.deepEqual([...kept], [])
  show("a")
  show("ab")
  assert.deepEqual([...kept], [[NAME, "ab"]])
  assert.deepEqual(told, [])
})

test("what was kept is told once, and stays until the server has it too", () => {
  kept.set(NAME, "a")
  show("")
  assert.deepEqual(told, [["kept", "a"]])
  assert.equal(kept.get(NAME), "a")
  show("a", "a")
  assert.equal(told.length, 1)
})

test("two tabs end with both of their answers", () => {
  show("a")
  kept.set(NAME, "ac")
  show("ab")
  assert.deepEqual(told, [["kept", "ac"]])
  assert.equal(kept.get(NAME), "ac")
  show("abc", "ac")
  assert.equal(kept.get(NAME), "abc")
})

test("a tab that is looked at again hears of a reset elsewhere", () => {
  const leave = show("a")
  kept.set(NAME, "")
  for (const act of watching) act()
  assert.deepEqual(told, [["kept", ""]])
  show("", "")
  leave()
  kept.set(NAME, "b")
  for (const act of watching) act()
  assert.equal(told.length, 1)
  assert.equal(watching.length, 1)
})

test("what nobody here wrote is written over", () => {
  for (const unfit of ["ŷ", "\ud800", "\n", "x".repeat(20_001)]) {
    assert.equal(decide(unfit, { text: "a", includes: null }, null), "write")
  }
  assert.equal(decide("", { text: "", includes: null }, null), "rest")
})

test("a browser that keeps nothing says so once", () => {
  globalThis.localStorage.setItem = () => {
    throw new Error("refused")
  }
  show("")
  assert.deepEqual(told, [])
  show("a")
  show("ab")
  assert.deepEqual(told, [["kept", false]])
})

test("a slow pass goes through its five steps, and moves in the nudge alone", () => {
  const slow = { epochs: 10, speed: 1 }
  const places = [0, 0.2, 0.4, 0.6, 0.8, 1]
  assert.deepEqual(
    places.map(at => stepAt(3 + at, slow)),
    [0, 1, 2, 3, 4, 0],
  )
  assert.deepEqual(
    places.map(at => Math.round(comeTo(3 + at, slow) * 1e6) / 1e6),
    [3, 3, 3, 3, 4, 4],
  )
  assert.ok(Math.abs(comeTo(3.7, slow) - 3.5) < 1e-9)
  assert.deepEqual([0, 1, 2, 3, 4, null].map(hasBars), [false, true, true, true, false, true])
  assert.deepEqual([stepAt(10, slow), comeTo(10.3, slow)], [null, 10.3])
})
