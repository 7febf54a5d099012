import assert from "node:assert/strict"
import { test } from "node:test"
import { exchanged } from "../../groundup/ui/course/kept_size/kept_size.js"

const place = { pathname: "/app/tensors" }

function storage() {
  const kept = new Map()
  return { getItem: key => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) }
}

test("a browser keeps the size that was chosen, and says it on the next visit", () => {
  const here = storage()
  assert.equal(exchanged(here, place, { size: "" }), "")
  assert.equal(exchanged(here, place, { size: "large" }), "large")
  assert.equal(exchanged(here, { pathname: "/app/room" }, { size: "" }), "large")
  assert.equal(exchanged(here, { pathname: "/other/" }, { size: "" }), "")
})

test("what is no size is neither kept nor said", () => {
  const here = storage()
  exchanged(here, place, { size: "<b>" })
  assert.equal(here.getItem("groundup-size:/app/"), null)
  here.setItem("groundup-size:/app/", "huge")
  assert.equal(exchanged(here, place, { size: "" }), "")
})
