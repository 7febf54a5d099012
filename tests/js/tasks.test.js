// A task's pane: where may be typed among given lines, and cards that are put in order.

import assert from "node:assert/strict"
import { test } from "node:test"
import {
  blankAt,
  gapAt,
  gapsOf,
  named,
  openLines,
} from "../../groundup/ui/components/editor/gaps.js"
import { selectGap, toGap } from "../../groundup/ui/components/editor/selecting.js"
import { firstLines, moved, placeAt, wayOf } from "../../groundup/ui/components/order/moving.js"

const LOCKED = ["a = 1\n\n", "\nprint(t)"]
const TEXT = "a = 1\n\nt = ____\nprint(t)"

test("only what stands between the pieces may change", () => {
  assert.deepEqual(gapsOf(LOCKED, TEXT), [[7, 15]])
  assert.deepEqual(gapsOf(LOCKED, "a = 1\n\nt = 2\nu = 3\nprint(t)"), [[7, 18]])
  assert.deepEqual(gapsOf(LOCKED, "a = 1\n\n\nprint(t)"), [[7, 7]])
  for (const text of ["a = 2\n\nt\nprint(t)", "a = 1\nt\nprint(t)", "a = 1\n\nt", "", "t"])
    assert.equal(gapsOf(LOCKED, text), null, text)
  assert.deepEqual(gapsOf(["x", "x"], "x"), null)
  assert.deepEqual(gapsOf([], TEXT), [[0, TEXT.length]])
  assert.deepEqual(gapsOf(["a\n", "\nb\n", "\nc"], "a\n1\nb\n2\nc"), [
    [2, 3],
    [6, 7],
  ])
})

test("the lines that may change are known and named", () => {
  assert.deepEqual(openLines(LOCKED, TEXT), [false, false, true, false])
  assert.equal(named([false, false, true, false], 2), "Your line 1")
  assert.equal(named([true, true, false]), "Your lines 1 and 2")
  assert.equal(named([false, true, true, true]), "Your lines 2 to 4")
  assert.equal(named([true, false, true]), "Your lines 1, 3")
})

test("the blank is found at its ends and within, and nowhere else", () => {
  const at = TEXT.indexOf("____")
  const found = [...TEXT].map((_, n) => blankAt(TEXT, n)).filter(Boolean)
  assert.deepEqual(found, Array(5).fill([at, at + 4]))
  assert.equal(blankAt("t = 2", 4), null)
  assert.equal(blankAt("____", -1), null)
  assert.deepEqual(gapAt(LOCKED, TEXT, 3), [7, 15])
})

class Field {
  constructor(value, at) {
    Object.assign(this, { value, selectionStart: at, selectionEnd: at })
  }
  setSelectionRange(from, to) {
    Object.assign(this, { selectionStart: from, selectionEnd: to })
  }
  get selected() {
    return this.value.slice(this.selectionStart, this.selectionEnd)
  }
}

test("who comes by the keyboard begins at the blank, or behind what is written", () => {
  const data = { locked: LOCKED, start: TEXT }
  const blank = new Field(TEXT, 0)
  toGap(blank, data)
  assert.equal(blank.selected, "____")
  const written = new Field("a = 1\n\nt = 23\nprint(t)", 0)
  toGap(written, data)
  assert.deepEqual([written.selectionStart, written.selectionEnd], [13, 13])
  assert.equal(selectGap(written, data), true)
  assert.equal(written.selected, "t = 23")
  assert.equal(selectGap(written, data), false)
  const within = new Field(written.value, 9)
  toGap(within, data)
  assert.equal(within.selectionStart, 9)
  const own = new Field("x = ____", 4)
  toGap(own, { locked: [], start: null })
  assert.equal(own.selected, "")
})

test("a card moves to its place, and the others keep their order", () => {
  assert.deepEqual(moved([0, 1, 2, 3], 0, 2), [1, 2, 0, 3])
  assert.deepEqual(moved([0, 1, 2, 3], 3, 0), [3, 0, 1, 2])
  assert.deepEqual(moved([2, 0, 1], 1, 1), [2, 0, 1])
  assert.deepEqual(moved([2, 0, 1], 2, 9), [2, 0, 1])
  assert.deepEqual(moved([2, 0, 1], 0, -1), [2, 0, 1])
  assert.equal(placeAt(5, [1, 4, 8]), 2)
})

test("lines are numbered as in the text that the order makes", () => {
  const cards = ["a", "b\nc", "d"]
  const places = [2, 1, 0]
  const text = places.map(n => cards[n]).join("\n\n")
  const lines = text.split("\n")
  const first = firstLines(cards, places, 1)
  cards.forEach((card, n) => {
    assert.equal(lines[first[n] - 1], card.split("\n")[0])
  })
})

test("arrows move a card with Alt, or alone while it is picked up", () => {
  const key = (name, more = {}) => ({ key: name, altKey: false, ctrlKey: false, ...more })
  assert.deepEqual(wayOf(key("ArrowUp", { altKey: true }), false), { step: -1, moves: true })
  assert.deepEqual(wayOf(key("ArrowDown"), true), { step: 1, moves: true })
  assert.deepEqual(wayOf(key("ArrowDown"), false), { step: 1, moves: false })
  assert.equal(wayOf(key("ArrowDown", { ctrlKey: true }), true), null)
  assert.equal(wayOf(key("Enter"), true), null)
})
