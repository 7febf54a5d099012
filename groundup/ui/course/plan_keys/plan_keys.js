// Page Up and Page Down, which a clicker sends too, turn what a class is shown: they press what the
// page has for them, and what a moment names on the page itself (pressing.js). In a room, the arrows
// left and right do the same where nothing else takes them.

import { named } from "./pressing.js"
import { reached } from "./pressing.js"
import { told } from "./pressing.js"

const ONWARD = [".st-key-room_step button", ".st-key-plan_next a", ".st-key-present_after a"]
const BACK = [".st-key-plan_back a", ".st-key-present_before a"]
const TURNED = { PageUp: BACK, PageDown: ONWARD }
const ARROWS = { ArrowLeft: BACK, ArrowRight: ONWARD }
const FIELDS = "input, textarea, select, [contenteditable], dialog, [role=dialog], [role=listbox]"
// A player, a picture, a code, and what moves with an arrow.
const MOVED =
  ".stBidiComponent, .stPlotlyChart, [role=slider], [role=tab], [role=radiogroup], [role=grid]"

// A key in a field, or with another key held, is not the plan's.
export const isTaken = ({ ctrlKey, altKey, metaKey, shiftKey }, focus) =>
  ctrlKey || altKey || metaKey || shiftKey || Boolean(focus?.closest?.(FIELDS))

// What the key presses on the page, best first. `path` leads from what has the focus upwards.
export function pressed(key, path, isPresented) {
  if (TURNED[key]) return TURNED[key]
  const isMoved = path.some(one => one.matches?.(MOVED))
  return isPresented && !isMoved ? (ARROWS[key] ?? []) : []
}

let isBack = false
let moment = { press: [], count: 0 }
let line = null
// What was pressed and is not done yet: two quick presses may come in one turn of the clock.
const due = []
let led = null
let naming

// In milliseconds: how long a key waits for what it presses, and for a button of the page before it
// leads on; how often it looks.
const PATIENCE = 3000
const FOR_BUTTON = 1000
const AGAIN = 20

// One listener, however often it is mounted: Streamlit mounts anew before the former mount ends.
export function mount({ parentElement, data }) {
  const before = moment
  moment = reached(parentElement, data, isBack)
  if (moment !== before) led = null
  line = parentElement.querySelector("p")
  tell()
  // Before a player's own Page Down: while a plan is given, the moment is what a clicker turns.
  document.addEventListener("keydown", turn, { capture: true })
  clearTimeout(naming)
  nameKeys(PATIENCE / AGAIN)
  return () => document.removeEventListener("keydown", turn, { capture: true })
}

// Says which key presses what. The browser may not have what draws a link yet: then it looks again.
function nameKeys(looks) {
  const pressed = Object.entries(TURNED)
    .flatMap(([key, targets]) => targets.map(css => [document.querySelector(css), key]))
    .filter(([one]) => one)
  for (const [one, key] of pressed) one.setAttribute("aria-keyshortcuts", key)
  if (looks && !pressed.length) naming = setTimeout(nameKeys, AGAIN, looks - 1)
}

function tell() {
  if (line) line.textContent = told(moment)
}

function turn(event) {
  const path = event.composedPath()
  const targets = pressed(event.key, path, Boolean(document.querySelector(".view-present")))
  if (!found(targets) || isTaken(event, path[0])) return
  event.preventDefault()
  event.stopPropagation()
  if (event.repeat) return
  due.push({ targets, since: null })
  // What a component said just now is sent first: after the press it would take it back.
  if (due.length === 1) setTimeout(press)
}

// Who gives an hour does not look at the clicker: a key pressed while the page is being drawn is
// kept, and pressed then, for as long as it may wait since it was the next.
function press() {
  const next = due[0]
  next.since ??= Date.now()
  const waited = Date.now() - next.since
  const target = found(next.targets)
  const isEarly = !target || isLeft(target, led) || (isMissing(next.targets) && waited < FOR_BUTTON)
  if (isEarly && waited <= PATIENCE) return setTimeout(press, AGAIN)
  due.shift()
  if (due.length) setTimeout(press, AGAIN)
  if (!isEarly && isReady(target)) follow(target, next.targets)
}

function follow(target, targets) {
  if (targets === ONWARD && wanted(moment)) moment.count++
  else isBack = targets === BACK
  led = target.href
  target.click()
  tell()
}

// A picture's buttons come after the rest of its page.
const isMissing = targets =>
  targets === ONWARD && moment.count < moment.press.length && !wanted(moment)

function found(targets) {
  const ofPage = targets === ONWARD ? wanted(moment) : null
  return ofPage ?? targets.map(one => document.querySelector(one)).find(Boolean)
}

// The next button of the page that the moment names, and that is there.
function wanted({ press, count }) {
  const main = document.querySelector(".stMain")
  return press[count] && main ? named(press[count], main) : null
}

// What is left of the page before leads where that led, as does what was pressed just now.
export const isLeft = (target, led) =>
  Boolean(target.closest('[data-stale="true"]')) || Boolean(led && target.href === led)

export const isReady = target => target.getAttribute("aria-disabled") !== "true" && !target.disabled
