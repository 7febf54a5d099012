// The picture of the layer cut: its columns stand side by side, and the halves make the whole.

import assert from "node:assert/strict"
import { test } from "node:test"
import {
  centre,
  columns,
  halves,
  height,
  lane,
  middle,
  UNIT,
} from "../../groundup/ui/scale/many/cut/lanes.js"

const sizes = { hidden: 4, intermediate: 8 }
const scenes = [
  { ...sizes, by: "outputs", first: ["layer1"] },
  { ...sizes, by: "inputs", first: ["gate", "up"] },
]

test("no column reaches into the next one, and the last ends within the picture", () => {
  for (const scene of scenes) {
    const { places, order, width } = columns(scene)
    const ends = order.map(name => places[name].x + places[name].width)
    order.slice(1).forEach((name, n) => {
      assert.ok(places[name].x > ends[n])
    })
    assert.ok(ends.at(-1) < width)
    assert.equal(order.includes("sum0"), scene.by === "inputs")
  }
})

test("the halves of a matrix are the matrix, and each worker has one of them", () => {
  for (const byOutputs of [true, false])
    for (const worker of [0, 1]) {
      const pieces = halves(8, 4, byOutputs, worker)
      const area = pieces.reduce((sum, piece) => sum + piece.width * piece.height, 0)
      assert.equal(area, 8 * 4 * UNIT * UNIT)
      assert.deepEqual(
        pieces.map(piece => piece.isOwn),
        [worker === 0, worker === 1],
      )
    }
})

test("both lanes are within the picture, and the sum stands between them", () => {
  for (const scene of scenes) {
    assert.ok(middle(scene, 1) + lane(scene) / 2 <= height(scene))
    assert.equal(centre(scene) - middle(scene, 0), middle(scene, 1) - centre(scene))
  }
})
