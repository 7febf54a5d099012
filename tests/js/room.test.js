import assert from "node:assert/strict"
import { test } from "node:test"
import { LEAST, roomFor } from "../../groundup/ui/shell/fit/room.js"

test("a part's room ends above the dock", () => {
  const room = roomFor(186, 620)
  assert.ok(186 + room < 620)
  assert.ok(620 - (186 + room) < 12)
})

test("what begins too low to be seen has the window once it is scrolled to", () => {
  assert.ok(roomFor(620 - LEAST, 620) > 600)
  assert.ok(roomFor(1400, 620) < 620)
})
