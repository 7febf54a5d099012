// What has the focus may be taken from the page, hidden or switched off: a button that was pressed and
// is of no more use. Then no key says where one is. The focus goes to what stands there under the same
// name, or to the nearest part of the page that is left; on another page to its title.

const QUIET = 120 // milliseconds after a press or a change
const RUNNING = ".stApp[data-test-script-state=running]" // it takes away, and brings back
const PATIENCE = 8 // looks, where a page runs on and on, as what measures does
const INTO = "button:enabled, a[href], input:enabled, textarea:enabled, summary"
const WHOLE = ".stMainBlockContainer, .stMainBlockContainer > .stVerticalBlock"
const NAMED = "[class*='st-key-']"
const LINK = ".course-path a"

// From what has the focus upwards. Another page mounts this anew, and the trail leads there.
let trail = []

export class Focus {
  constructor() {
    this.waited = 0
    this.off = null
    this.ending = new AbortController()
    const { signal } = this.ending
    document.addEventListener("focusin", event => this.met(event), { signal })
    document.addEventListener("pointerdown", event => this.left(event), { signal, capture: true })
    for (const name of ["keyup", "click"])
      document.addEventListener(name, () => this.changed(), { signal })
  }

  met(event) {
    trail = event.composedPath().filter(one => one.nodeType === 1)
  }

  // Who presses beside it leaves it.
  left(event) {
    if (!event.composedPath().includes(trail[0])) trail = []
  }

  // The page may have changed.
  changed() {
    this.timer ??= setTimeout(() => this.look(), QUIET)
  }

  look() {
    this.timer = null
    const [last] = trail
    if (!isNowhere() || !last) return
    // Switched off and on again it has lost the focus; what was left of one's own will keeps none.
    if (isThere(last)) return this.off === last && last.focus({ preventScroll: true })
    this.off = last
    if (document.querySelector(RUNNING) && this.waited++ < PATIENCE) this.changed()
    else this.follow()
  }

  follow() {
    const before = trail
    const place = namesake(before) ?? before.find(isThere)
    trail = []
    this.waited = 0
    // Another page may not be drawn yet: its coming is a change.
    if (place && !stand(place.querySelector(WHOLE) ?? place)) trail = before
  }

  end() {
    clearTimeout(this.timer)
    this.ending.abort()
  }
}

const isNowhere = () =>
  [null, document.body, document.documentElement].includes(document.activeElement)

const isThere = one => one.isConnected && one.checkVisibility() && !one.matches(":disabled")

// A title has a link to itself that shows under a pointer alone.
const isSeen = one => one.checkVisibility({ visibilityProperty: true })

// What was drawn anew under the name of what had the focus, or held that. The path is drawn anew as
// one, and a link of it is known by its words.
function namesake(trail) {
  const [last] = trail
  const links = last.isConnected ? [] : [...document.querySelectorAll(LINK)]
  const link = links.find(one => words(one) === words(last))
  if (link) return link
  const gone = trail.find(one => !one.isConnected && one.matches(NAMED))
  const name = [...(gone?.classList ?? [])].find(one => one.startsWith("st-key-"))
  return name && document.getElementsByClassName(name)[0]
}

// What the path says of a link stands before its words, as an icon.
const words = one => one.lastElementChild?.textContent

// At the one control that is there; else at the part itself, where nothing is pressed: Tab goes on
// from it, and a reader begins there. False where there is no such place yet.
function stand(part) {
  const place = part.matches(WHOLE) ? part.querySelector("h1, h2") : part
  const [control, another] = [...(place?.querySelectorAll(INTO) ?? [])].filter(isSeen)
  if (!place) return false
  const isOne = control && !another
  if (!isOne) {
    place.setAttribute("tabindex", "-1")
    place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true })
  }
  const goal = isOne ? control : place
  goal.focus({ preventScroll: true })
  return true
}
