import assert from "node:assert/strict"
import { test } from "node:test"

// A window with the page's address, and one link in it.
let click
globalThis.addEventListener = (_, hear) => {
  click = hear
}
globalThis.location = { href: "http://here/room?plan=a" }
const { leads, sayUnasked } = await import("../../groundup/ui/components/shared/leaving.js")
const press = (href, more = {}) => ({ ...more, target: { closest: () => href && { href } } })

test("only a link that leads away in this tab is waited for", () => {
  assert.equal(leads(press("http://here/tensors")), true)
  assert.equal(leads(press("http://here/room?plan=a")), false)
  assert.equal(
    leads({ target: { closest: () => ({ href: "http://here/tensors", target: "_blank" }) } }),
    false,
  )
  assert.equal(leads(press("http://here/tensors", { ctrlKey: true })), false)
  assert.equal(leads(press(null)), false)
})

test("what nobody asked for is said at once, and after a press once the page is there", t => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] })
  const said = []
  sayUnasked(() => said.push("before"))
  assert.deepEqual(said, ["before"])
  click(press("http://here/tensors"))
  sayUnasked(() => said.push("first"))
  const unsay = sayUnasked(() => said.push("never"))
  sayUnasked(() => said.push("second"))
  t.mock.timers.tick(200)
  assert.deepEqual(said, ["before"])
  unsay()
  location.href = "http://here/tensors"
  t.mock.timers.tick(50)
  assert.deepEqual(said, ["before", "first", "second"])
})

test("a link that led nowhere silences nobody for good", t => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] })
  const said = []
  click(press("http://here/nowhere"))
  sayUnasked(() => said.push("late"))
  t.mock.timers.tick(2900)
  assert.deepEqual(said, [])
  t.mock.timers.tick(200)
  assert.deepEqual(said, ["late"])
})
