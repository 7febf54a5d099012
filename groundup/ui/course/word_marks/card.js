// The card beside a word: its sentence, and where it is taught.

import { make } from "../../components/shared/elements.js"

const GAP = 6 // pixels between a word and its card
const EDGE = 8 // … and between the card and the window's edge

// What is said of a word: its name, its sentence, and the link to where it is taught.
export function sayings(word, go) {
  const name = make("strong", "term", word.term)
  const link = make("a", "taught", `Taught in ${word.taught}`)
  link.href = word.href
  link.onclick = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(word)
  }
  return [name, make("span", "meaning", word.meaning), link]
}

export class Card {
  constructor(element) {
    this.element = element
  }

  get isOpen() {
    return this.element.matches(":popover-open")
  }

  show(word, rect, go) {
    this.element.replaceChildren(...sayings(word, go))
    if (!this.isOpen) this.element.showPopover()
    const { offsetWidth: width, offsetHeight: height } = this.element
    const left = Math.min(rect.left, innerWidth - width - EDGE)
    const below = rect.bottom + GAP
    const top = below + height + EDGE > innerHeight ? rect.top - GAP - height : below
    this.element.style.left = `${Math.max(EDGE, left)}px`
    this.element.style.top = `${Math.max(EDGE, top)}px`
  }

  hide() {
    if (this.isOpen) this.element.hidePopover()
  }
}
