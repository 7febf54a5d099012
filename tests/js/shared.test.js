import assert from "node:assert/strict"
import { test } from "node:test"
import { near, scale } from "../../groundup/ui/components/shared/axes.js"
import { bytes, floats, joined, shorts } from "../../groundup/ui/components/shared/decoding.js"
import { between, glide, mixed, outline, upTo } from "../../groundup/ui/components/shared/paths.js"

const sent = array => Buffer.from(array.buffer).toString("base64")

test("numbers come out as they were sent", () => {
  const values = [1.5, -0.25, Number.NaN, Infinity]
  assert.deepEqual([...floats(sent(Float32Array.from(values)))], values)
  assert.deepEqual([...shorts(sent(Uint16Array.from([0, 258, 65535])))], [0, 258, 65535])
  assert.deepEqual([...bytes(sent(Uint8Array.from([0, 255])))], [0, 255])
  assert.equal(floats("").length, 0)
})

test("pieces of a column are put end to end", () => {
  const pieces = [[1, 2], [], [3]].map(values => Float32Array.from(values))
  assert.deepEqual([...joined(pieces)], [1, 2, 3])
})

test("an axis maps its ends to the frame, linear or logarithmic", () => {
  const linear = scale({ low: -1, high: 1 }, 0, 100)
  assert.deepEqual([-1, 0, 1].map(linear), [0, 50, 100])
  const log = scale({ low: 0.01, high: 100, log: true }, 100, 0)
  assert.deepEqual([0.01, 1, 100].map(log), [100, 50, 0])
})

test("what lies far outside is drawn near", () => {
  assert.equal(near(1e30, 0, 10), 50)
  assert.equal(near(-1e30, 0, 10), -40)
  assert.equal(near(7, 0, 10), 7)
})

test("a line leaves out places nearer than a pixel, and ends where it is asked to", () => {
  const line = outline(["0,0", "0.2,0.2", null, "5,5"])
  assert.equal(line.path, "0,0 5,5")
  assert.equal(upTo(line, 3, null), "0,0")
  assert.equal(upTo(line, 3, "4,4"), "0,0 4,4")
  assert.equal(upTo(line, 4, "5,5"), "0,0 5,5")
  assert.equal(upTo(line, 0, null), "")
})

test("a number glides between two steps and stays at the last", () => {
  assert.equal(glide([10, 20], 0, 0, 0.5), 5)
  assert.equal(glide([10, 20], 0, 1, 0.25), 12.5)
  assert.equal(glide([10, 20], 0, 2, 0.5), 20)
})

test("a position lies between two recorded epochs", () => {
  assert.deepEqual(between([0, 10, 30], 20), { before: 1, after: 2, part: 0.5 })
  assert.deepEqual(between([0, 10, 30], 40), { before: 2, after: 2, part: 0 })
  assert.deepEqual(between([5, 10], 2), { before: 0, after: 1, part: 0 })
  assert.deepEqual([...mixed([0, 10], [10, 20], 0.5)], [5, 15])
})
