import assert from "node:assert/strict"
import { test } from "node:test"
import { changed, numeric } from "../../groundup/ui/graph/matrix/matrix.js"
import { layered } from "../../groundup/ui/graph/picture/layers.js"
import { placed } from "../../groundup/ui/graph/picture/places.js"
import { phase } from "../../groundup/ui/graph/picture/steps.js"
import { nearest } from "../../groundup/ui/tensors/tensor_grid/tensor_grid.js"

test("a row becomes rows, and a number at last", () => {
  assert.deepEqual(changed([1, 2], "rows", 1), [
    [1, 2],
    [0, 0],
  ])
  assert.deepEqual(changed([1, 2], "columns", 1), [1, 2, 0])
  assert.deepEqual(changed([1, 2], "columns", -1), [1])
  assert.equal(changed([1], "columns", -1), 1)
  assert.equal(changed([1], "rows", -1), undefined)
})

test("rows gain and lose rows and columns", () => {
  assert.deepEqual(changed([[1], [2]], "columns", 1), [
    [1, 0],
    [2, 0],
  ])
  assert.deepEqual(changed([[1], [2]], "rows", -1), [[1]])
  assert.deepEqual(changed([[1, 2]], "rows", -1), [1, 2])
  assert.equal(changed([[1], [2]], "columns", -1), undefined)
})

test("a typed number may have a comma or a real minus sign, and nothing is no number", () => {
  assert.deepEqual([" −0,5 ", "2e3", "", "x"].map(numeric), [-0.5, 2000, Number.NaN, Number.NaN])
})

test("an arrow leads to the nearest cell in its direction", () => {
  const cells = [
    ["right", 30, 0],
    ["far right", 60, 0],
    ["below", 0, 30],
    ["here", 0, 0],
  ]
  assert.equal(nearest(cells, [0, 0], [1, 0]), "right")
  assert.equal(nearest(cells, [0, 0], [0, 1]), "below")
  assert.equal(nearest(cells, [0, 0], [-1, 0]), undefined)
})

const box = key => ({ key, w: 40, h: 20 })
const edge = (source, target) => ({ key: source + target, source, target, w: 0, h: 0 })

test("every edge of a graph leads down, and no two nodes of a layer overlap", () => {
  const edges = [edge("a", "c"), edge("b", "c"), edge("a", "d"), edge("c", "e"), edge("d", "e")]
  const { at, width, height } = placed(layered("abcde".split("").map(box), edges))
  for (const { source, target } of edges) assert.ok(at.get(source).y < at.get(target).y)
  assert.ok(Math.abs(at.get("a").x - at.get("b").x) >= 40)
  assert.ok(width >= 80 && height >= 60)
})

test("lines that need not cross do not", () => {
  const edges = [edge("a", "d"), edge("b", "c"), edge("c", "e"), edge("d", "e")]
  const { at } = placed(layered("abcde".split("").map(box), edges))
  assert.equal(at.get("a").x < at.get("b").x, at.get("d").x < at.get("c").x)
})

test("a run goes forward and then backward", () => {
  assert.deepEqual(
    [0, 1, 4, 5].map(at => phase(at, 4)),
    ["start", "forward", "forward", "backward"],
  )
})
