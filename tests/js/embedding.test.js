import assert from "node:assert/strict"
import { test } from "node:test"
import { frameOf } from "../../groundup/ui/shell/embedding/frame.js"

test("an iframe holds the address as it stands, and asks for picture and code alone", () => {
  const made = frameOf('https://a.example/training_loop?lr=0.3&note="<b>"', '4.2 "The" <steps>')
  assert.match(made, /^<iframe src="https:\/\/a\.example\/training_loop\?lr=0\.3&amp;note=/)
  assert.ok(made.includes('&amp;embed=true"'))
  assert.ok(made.includes('title="4.2 &quot;The&quot; &lt;steps>"'))
  assert.equal(made.split("<").length, 3)
})

test("an address that is embedded already says so once", () => {
  assert.equal(frameOf("http://a/x?embed=true", "x").match(/embed=true/g).length, 1)
})
