// A word is pointed at with a mouse, or tapped; its card stays while the pointer is on it.

import { rects } from "./marks.js"

const REST = 120 // milliseconds that the pointer rests on a word before its card is shown
const LEAVE = 250 // … and that it may be on its way to the card
const FINGER = 6 // pixels that a finger may miss a word by

export class Pointer {
  constructor(marks, card, go) {
    Object.assign(this, { marks, card, go, mark: null, stopping: new AbortController() })
    const options = { signal: this.stopping.signal, passive: true }
    document.addEventListener("pointermove", event => this.moved(event), options)
    document.addEventListener("click", event => this.tapped(event), options)
    document.addEventListener("scroll", () => this.scrolled(), { ...options, capture: true })
    document.addEventListener("keydown", event => event.key === "Escape" && this.close(), options)
    card.element.addEventListener("pointerenter", () => clearTimeout(this.timer), options)
    card.element.addEventListener("pointerleave", () => this.later(null, LEAVE), options)
  }

  moved(event) {
    if (event.pointerType !== "mouse" || event.buttons) return
    const mark = this.under(event, 0)
    if (mark === this.wanted) return
    if (this.card.element === event.composedPath()[0]) return
    this.later(mark, mark ? REST : LEAVE)
  }

  // Of what is in a component the page is told as of the component: its path begins at the word.
  under(event, room) {
    const [target] = event.composedPath()
    return this.marks.at(target, event.clientX, event.clientY, room) ?? null
  }

  later(mark, wait) {
    clearTimeout(this.timer)
    this.wanted = mark
    this.timer = setTimeout(() => this.open(mark), wait)
  }

  tapped(event) {
    if (event.composedPath().includes(this.card.element)) return
    const mark = this.under(event, event.pointerType === "touch" ? FINGER : 0)
    if (mark || this.mark) this.open(mark === this.mark ? null : mark)
  }

  open(mark) {
    clearTimeout(this.timer)
    this.mark = this.wanted = mark
    this.marks.point(mark)
    this.place = mark && rects(mark)[0]
    if (mark) this.card.show(mark.word, this.place, this.go)
    else this.card.hide()
  }

  // The card does not run after its word.
  scrolled() {
    if (this.mark && rects(this.mark)[0]?.top !== this.place.top) this.close()
  }

  close() {
    if (this.mark || this.wanted) this.open(null)
  }

  end() {
    clearTimeout(this.timer)
    this.stopping.abort()
  }
}
