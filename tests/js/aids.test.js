import assert from "node:assert/strict"
import { test } from "node:test"
import { nameOf } from "../../groundup/ui/shell/aids/icons.js"
import { withFrame } from "../../groundup/ui/shell/aids/links.js"
import { isLost } from "../../groundup/ui/shell/aids/lost.js"
import { openScrolled } from "../../groundup/ui/shell/aids/scrolled.js"

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

// An element as far as what scrolls is asked for it.
function box(own = {}) {
  const given = { scrollWidth: 10, clientWidth: 10, scrollHeight: 10, clientHeight: 10, within: [] }
  const one = { ...given, ...own, names: {} }
  one.matches = () => Boolean(own.isControl)
  one.querySelector = () => one.within.find(part => part.matches()) ?? null
  one.querySelectorAll = () => one.within.flatMap(part => [part, ...part.querySelectorAll()])
  one.setAttribute = (name, value) => {
    one.names[name] = value
  }
  one.removeAttribute = name => delete one.names[name]
  return one
}

test("Tab comes to what scrolls and holds nothing to press, within a component too", () => {
  globalThis.getComputedStyle = one => ({ overflowX: "visible", overflowY: one.overflow })
  const long = { scrollHeight: 50, overflow: "auto" }
  const output = box(long)
  const whole = box({ overflow: "auto" })
  const cut = box({ scrollHeight: 50, overflow: "hidden" })
  const list = box({ ...long, within: [box({ isControl: true })] })
  const host = box({ shadowRoot: box({ within: [output] }) })
  const page = box({ within: [whole, cut, list, host] })
  openScrolled(page)
  assert.deepEqual(
    [output, whole, cut, list].map(one => one.names.tabindex),
    ["0", undefined, undefined, undefined],
  )
  output.scrollHeight = 10
  openScrolled(page)
  assert.equal(output.names.tabindex, undefined)
})

test("a link of the path keeps what Streamlit says of a page within another, and nothing else", () => {
  const link = "http://a/tensors?section=1.1"
  assert.equal(withFrame(link, "?section=4.2&lr=0.3"), link)
  assert.equal(
    withFrame(link, "?lr=0.3&embed=true&embed_options=dark_theme&embed_options=show_padding"),
    `${link}&embed=true&embed_options=dark_theme&embed_options=show_padding`,
  )
})
