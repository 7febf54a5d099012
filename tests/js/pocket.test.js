import assert from "node:assert/strict"
import { test } from "node:test"
import { exchanged } from "../../groundup/ui/classroom/pocket/pocket.js"

const place = { pathname: "/app/room" }

function storage() {
  const kept = new Map()
  return { getItem: key => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) }
}

test("a browser keeps its first token, whatever a later visit would give it", () => {
  const here = storage()
  const first = { learner: "one", teacher: null, heard: false }
  assert.equal(exchanged(here, place, first), "one ")
  assert.equal(exchanged(here, place, { ...first, learner: "two" }), "one ")
  assert.equal(exchanged(here, { pathname: "/other/room" }, { ...first, learner: "two" }), "two ")
})

test("the teacher's key is kept once the server knows the browser, and phones leave it alone", () => {
  const here = storage()
  const teacher = { learner: "one", teacher: "CODE key", heard: true }
  assert.equal(exchanged(here, place, teacher), "one CODE key")
  assert.equal(
    exchanged(here, place, { learner: "two", teacher: "", heard: false }),
    "one CODE key",
  )
  assert.equal(
    exchanged(here, place, { learner: "one", teacher: null, heard: true }),
    "one CODE key",
  )
  assert.equal(exchanged(here, place, { ...teacher, teacher: "" }), "one ")
})
