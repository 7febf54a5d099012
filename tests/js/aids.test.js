import assert from "node:assert/strict"
import { test } from "node:test"
import { nameOf } from "../../groundup/ui/shell/aids/icons.js"
import { isLost } from "../../groundup/ui/shell/aids/lost.js"

const on = css => ({ matches: list => list.split(", ").includes(css) })
const page = [on("button"), on("body"), {}]

test("switched off, no letter, digit or sign is a key of the page; other keys are", () => {
  for (const key of ["t", "P", "4", "?"]) {
    assert.equal(isLost({ key }, page, true), false)
    assert.equal(isLost({ key }, page, false), true)
  }
  for (const key of [" ", "ArrowLeft", "Enter", "PageDown", "Escape", undefined])
    assert.equal(isLost({ key }, page, false), false)
  assert.equal(isLost({ key: "p", ctrlKey: true }, page, false), false)
})

test("a letter that a table or a list takes is not the page's", () => {
  for (const control of ["[role=grid]", "[role=listbox]", "canvas", "select"])
    assert.equal(isLost({ key: "t" }, [on(control), ...page], true), true)
})

test("an icon that says something has a name, and one beside a text has none", () => {
  assert.equal(nameOf(" check_circle"), "done:")
  assert.equal(nameOf("radio_button_unchecked"), "to do:")
  assert.equal(nameOf("play_arrow"), "")
})
