import assert from "node:assert/strict"
import { test } from "node:test"
import { lineText } from "../../groundup/ui/components/player/readouts.js"
import { numbersAt, stateAt, states } from "../../groundup/ui/components/player/track.js"
import { layered } from "../../groundup/ui/graph/picture/layers.js"
import { named, phase } from "../../groundup/ui/graph/picture/steps.js"
import { gathered } from "../../groundup/ui/modules/network_player/recording.js"
import { boundary, crossings, shade } from "../../groundup/ui/modules/network_player/shading.js"
import { sizeOf } from "../../groundup/ui/modules/network_player/units.js"
import { bandsOfRow, depth } from "../../groundup/ui/optimizers/race_player/bands.js"
import {
  asked,
  stateAt as racerAt,
  stepsAt,
  whyGone,
} from "../../groundup/ui/optimizers/race_player/steps.js"

const each = { w: [1, 2], b: [0, 0], gw: [3, 4], gb: [5, 6] }
const run = { start: [0, 0], loss: [9, 8], ...each, track: { every: 1, ...each } }

test("a line glides between epochs and ends where its run does", () => {
  assert.deepEqual(stateAt(run, 0), { w: 0, b: 0, complete: 0, passed: 0 })
  assert.deepEqual(stateAt(run, 1.5), { w: 1.5, b: 0, complete: 1, passed: 1 })
  assert.equal(stateAt(run, 7).w, 2)
})

test("updates within an epoch are counted whole, and the epoch's own numbers hold at its end", () => {
  const track = {
    every: 1 / 7,
    w: Array.from({ length: 21 }, (_, n) => n + 1),
    b: Array(21).fill(0),
  }
  const fine = { start: [0, 0], loss: [3, 2, 1], w: [70, 140, 210], b: [0, 0, 0], track }
  const { w, passed } = stateAt(fine, 3)
  assert.deepEqual([w, passed], [210, 21])
  assert.equal(stateAt(fine, 1 / 14).w, 0.5)
})

test("while the learner steps, the paused script's numbers count", () => {
  const now = { at: 1, w: 5, b: 6, passed: 1 }
  assert.equal(states({ runs: [run], now }, 1.5)[0].w, 5)
  assert.equal(states({ runs: [run], now }, 2)[0].w, 2)
})

test("the readouts of a line are of one moment, and say of which", () => {
  const ahead = { ...run, loss: [9, 8, 7], gw: [3, 4, 5], gb: [5, 6, 7] }
  const scene = { runs: [ahead], epochs: 2, ahead: 1 }
  const [first, second, last] = [0, 1, 5].map(n => numbersAt(scene, n))
  assert.deepEqual([first.moment, first.w, first.loss], ["Epoch 0, before its step", 0, 9])
  assert.deepEqual([second.moment, second.w, second["w.grad"]], ["Epoch 1, before its step", 1, 4])
  assert.deepEqual(
    [last.moment, last.w, last.loss, last["b.grad"]],
    ["After the last step", 2, 7, 7],
  )
  assert.equal(numbersAt({ ...scene, epochs: 9 }, 2).moment, "Epoch 2, before its step")
  const batches = { ...ahead, track: { ...each, every: 0.5 } }
  assert.equal(numbersAt({ ...scene, runs: [batches] }, 0).moment, "Epoch 0, before its first step")
})

test("the readouts of tries are those of the last one", () => {
  assert.equal(numbersAt({ runs: [run] }, 0).loss, null)
  assert.equal(numbersAt({ runs: [run] }, 1).loss, 9)
  assert.equal(numbersAt({ runs: [run] }, 2)["w.grad"], 4)
  assert.equal(lineText({ w: 1.9931, b: -0.5 }), "ŷ = 1.99·x − 0.5")
})

test("a racer that asks for the loss twice a step takes twice as long", () => {
  const racer = { x: [2, 4], y: [0, 0], at: [2, 4] }
  assert.deepEqual(
    [1, 2, 3, 4].map(n => stepsAt(racer.at, n)),
    [0, 1, 1, 2],
  )
  assert.deepEqual(
    [1, 3, 9].map(position => racerAt(racer, [0, 0], position).x),
    [1, 3, 4],
  )
})

test("a racer glides between two steps", () => {
  const racer = { x: [2, 4], y: [1, 0] }
  assert.deepEqual(racerAt(racer, [0, 0], 0.5), { x: 1, y: 0.5, complete: 0, position: 0.5 })
  assert.equal(racerAt(racer, [0, 0], 5).complete, 2)
})

test("steps are called too long where the loss grew until it was lost, and there alone", () => {
  const grown = { name: "SGD", loss: [1, 4, 1e38, Infinity, NaN] }
  const divided = { name: "Adam", loss: [1, 0.5, NaN, NaN] }
  const atOnce = { name: "Adagrad", loss: [NaN] }
  const long = "Diverged: SGD (loss ∞ from step 4). These steps are too long."
  const lost = "No number any more: Adam (loss NaN from step 3), Adagrad (loss NaN from step 1)."
  assert.deepEqual(whyGone([grown]), [long])
  assert.deepEqual(whyGone([divided, grown, atOnce]), [long, lost])
  assert.deepEqual(whyGone([divided, atOnce]), [lost])
})

test("what a racer asked for is counted after the steps that are complete", () => {
  const lbfgs = { name: "LBFGS", evaluations: [20, 41] }
  assert.deepEqual(asked(lbfgs, 0), [])
  assert.deepEqual(asked(lbfgs, 1), ["LBFGS has asked for the loss 20 times in 1 step."])
  assert.deepEqual(asked(lbfgs, 2), ["LBFGS has asked for the loss 41 times in 2 steps."])
  assert.deepEqual(asked({ name: "SGD", evaluations: [] }, 2), [])
})

test("bands rise with the landscape", () => {
  const heights = Uint16Array.from([0, 65535, 0, 65535])
  const bands = [...bandsOfRow(heights, 2, 0.5, 5)]
  assert.deepEqual(bands, [0, 3, 7, 11, 15])
  const colour = bands.map(depth)
  assert.ok(colour.every((one, n) => !n || one < colour[n - 1]))
})

test("a recording is as long as its chunks without a gap", () => {
  const loss = Buffer.from(Float32Array.from([1, 2]).buffer).toString("base64")
  const frames = { epochs: [], field: [], maps: [], gradients: [], idle: [] }
  const chunk = first => ({ recording: "f", first, columns: { train_loss: loss }, frames })
  const chunks = new Map([chunk(0), chunk(2), chunk(5)].map((one, n) => [n, one]))
  assert.equal(gathered(chunks, "f", "classes").length, 2)
  assert.equal(gathered(chunks, "another", "classes").length, 0)
  assert.equal(gathered(undefined, "f", "classes").length, 0)
})

test("the boundary goes where the field crosses its middle", () => {
  const field = [0, 255, 0, 255]
  assert.deepEqual(crossings(field, 2, 0, 0), [
    [0.5, 0],
    [0.5, 1],
  ])
  assert.equal(
    boundary(field, 2, (x, y) => `${x} ${y}`),
    "M0.5 0L0.5 1",
  )
  assert.deepEqual(crossings([0, 0, 0, 0], 2, 0, 0), [])
})

test("a field is painted in two colours, clear in the middle, and the lower one is striped", () => {
  const image = { width: 3, data: new Uint8ClampedArray(36) }
  const colours = { one: [1, 1, 1], zero: [2, 2, 2] }
  shade(image, { left: 0, top: 0, width: 3, height: 3 }, colours, [0, 255, 0, 255], 2, 2)
  assert.deepEqual([...image.data.slice(0, 12)], [2, 2, 2, 59, 2, 2, 2, 20, 1, 1, 1, 170])
  // In the row below no stripe goes through the first column.
  assert.equal(image.data[15], 170)
})

test("many hidden units are drawn small", () => {
  assert.equal(sizeOf([4, 4], 300), 30)
  assert.ok(sizeOf([64, 64, 64], 300) < 30)
})

test("a graph's slider tells of a way back only where there is one", () => {
  assert.equal(named(7, 2), "Step 0 to 7: forward until 2, then backward")
  assert.equal(named(2, 2), "Step 0 to 2: forward")
  assert.deepEqual(
    [0, 2, 3].map(at => phase(at, 2)),
    ["start", "forward", "backward"],
  )
})

test("lines that leave one tensor share their way, from the inputs' layer down to the output's", () => {
  const nodes = ["x", "a", "b", "y"].map(key => ({ key, w: 10, h: 10 }))
  const pairs = ["xa", "xb", "ab", "by", "xy"]
  const edges = pairs.map(([source, target]) => ({ key: source + target, source, target, w: 0 }))
  const { layers, edges: laid } = layered(nodes, edges)
  const routes = Object.fromEntries(laid.map(({ key, route }) => [key, route]))
  assert.equal(routes.xy.length, 4)
  assert.deepEqual(routes.xb.slice(0, -1), routes.xy.slice(0, routes.xb.length - 1))
  const rank = key => layers.findIndex(layer => layer.some(place => place.key === key))
  assert.deepEqual(["x", "a", "b", "y"].map(rank), [0, 1, 2, 3])
})
