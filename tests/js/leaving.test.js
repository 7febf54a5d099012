import assert from "node:assert/strict"
import { test } from "node:test"

// A window with the page's address, and one link in it.
const heard = {}
globalThis.addEventListener = (name, hear) => {
  heard[name] = hear
}
const click = event => heard.click(event)
let drawn = "room"
globalThis.document = {
  querySelector: () => (drawn === null ? null : { dataset: { page: drawn } }),
}
globalThis.location = { href: "http://here/room?plan=a", pathname: "/room" }
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
  Object.assign(location, { href: "http://here/tensors", pathname: "/tensors" })
  t.mock.timers.tick(50)
  assert.deepEqual(said, ["before"])
  drawn = "tensors"
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

test("after Back, or a link of the path, the address is another one at once: the page is waited for", t => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] })
  const said = []
  for (const [page, pathname] of [
    ["words", "/words"],
    ["", "/"],
    ["tensors", "/app/tensors"],
  ]) {
    location.pathname = pathname
    heard.popstate()
    sayUnasked(() => said.push(page))
    t.mock.timers.tick(1000)
    assert.equal(said.includes(page), false)
    drawn = page
    t.mock.timers.tick(50)
    assert.equal(said.pop(), page)
  }
  // Within a page nothing leads away, nor where no path is drawn.
  heard.popstate()
  sayUnasked(() => said.push("here"))
  drawn = null
  location.pathname = "/room"
  heard.popstate()
  sayUnasked(() => said.push("in a frame"))
  assert.deepEqual(said, ["here", "in a frame"])
})
