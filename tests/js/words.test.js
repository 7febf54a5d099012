import assert from "node:assert/strict"
import { test } from "node:test"
import { finder } from "../../groundup/ui/course/word_marks/finding.js"

const words = [
  { id: "layer", pattern: "[Ll]ayers?" },
  { id: "hidden", pattern: "[Hh]idden layers?" },
  { id: "grad", pattern: "(?:\\w+)?\\.grad" },
  { id: "limit", pattern: "2/λmax|λmax" },
]
const said = text =>
  finder(words)(text).map(({ word, from, to }) => [word.id, text.slice(from, to)])

test("each word is found once, in the order of the text, and never within a longer one", () => {
  assert.deepEqual(said("Hidden layers, then a layer, then layers."), [
    ["hidden", "Hidden layers"],
    ["layer", "layer"],
  ])
})

test("a word ends where its letters end", () => {
  assert.deepEqual(said("layered, sublayer, w.gradient, w.grad_fn"), [])
  assert.deepEqual(said("below 2/λmax, w.grad."), [
    ["limit", "2/λmax"],
    ["grad", "w.grad"],
  ])
})
