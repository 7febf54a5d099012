import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import {
  brief,
  finiteRange,
  format,
  linearTicks,
  logTicks,
  percent,
} from "../../groundup/ui/components/shared/numbers.js"

const table = process.env.GROUNDUP_NUMBERS
const skip = table ? false : "the table is made by tests/ui/test_javascript.py"
const numberOf = text => (text === "nan" ? Number.NaN : Number(text.replace("inf", "Infinity")))

test("numbers have the digits that Python writes", { skip }, () => {
  for (const [value, digits, text] of JSON.parse(readFileSync(table, "utf8")).numbers) {
    assert.equal(format(numberOf(value), digits), text, `${value} to ${digits} digits`)
  }
})

test("shares have the digits that Python writes", { skip }, () => {
  for (const [value, text] of JSON.parse(readFileSync(table, "utf8")).shares) {
    assert.equal(percent(numberOf(value)), text, value)
  }
})

test("a half goes to the even neighbour, and what is nearly a half does not", () => {
  assert.equal(format(1.0625), "1.062")
  assert.equal(format(1.1875), "1.188")
  assert.equal(format(1.0005), "1")
  assert.equal(format(0.15, 1), "0.1")
  assert.equal(format(0.35, 1), "0.3")
  assert.equal(format(0.25, 1), "0.2")
})

test("what is no number has a name", () => {
  assert.deepEqual(
    [Number.NaN, Infinity, -Infinity, -0].map(x => format(x)),
    ["NaN", "∞", "−∞", "0"],
  )
  assert.equal(percent(Number.NaN), "NaN %")
})

test("a norm over a bar takes few letters", () => {
  assert.deepEqual(
    [0.0583, 0.00003, 2.5].map(x => brief(x, 2)),
    ["0.058", "3e-5", "2.5"],
  )
})

test("a range leaves out what is not finite", () => {
  assert.deepEqual(finiteRange([3, Number.NaN, -1, Infinity]), [-1, 3])
  assert.deepEqual(finiteRange([]), [0, 1])
})

test("ticks are round numbers within the range", () => {
  assert.deepEqual(linearTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1])
  assert.deepEqual(linearTicks(-3, 7, 2), [0, 5])
  assert.deepEqual(logTicks(0.001, 100, 3), [0.001, 0.1, 10])
  assert.deepEqual(logTicks(2, 8, 3), [2, 4, 6, 8])
})
