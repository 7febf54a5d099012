// Lines of a program as cards, which are put in order: by dragging them, or by keys.

import { Past } from "../editor/past.js"
import { cardOf, drawnLines, write } from "./cards.js"
import { draggable } from "./dragging.js"
import { firstLines, moved, wayOf } from "./moving.js"

// How the cards of each board stand, by its key: another page, or the steps, take the board away.
const memory = new Map()
const boards = new WeakMap()

export function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  if (!boards.has(parentElement)) boards.set(parentElement, new Board(parentElement))
  const board = boards.get(parentElement)
  board.tell = said => setStateValue("places", said)
  board.press = (name, said) => setTriggerValue(name, said)
  board.take(data)
}

class Board {
  cards = []
  lifted = null

  constructor(root) {
    this.find = name => root.querySelector(name)
    this.list = this.find(".cards")
    this.find(".order").addEventListener("keydown", event => this.#key(event))
    this.find(".run").onclick = () => this.#run()
    this.find(".steps").onclick = () => this.press("steps", true)
    this.find(".undo").onclick = () => this.#undo()
    this.find(".clear").onclick = () => this.#change(this.data.start, this.cards[0])
  }

  // Takes up what was sent: an order of the page's own takes the place of the one here.
  take(data) {
    const isOther = this.data?.key !== data.key || this.data.cards.length !== data.cards.length
    this.data = data
    const known = memory.get(data.key)
    const past = known?.past ?? new Past()
    if (known?.session !== data.session || known.order !== data.order) {
      const { session, order, places } = data
      if (known && `${known.places}` !== `${places}`) past.note(stand(known.places))
      memory.set(data.key, { session, order, places, past })
      Object.assign(this, { lifted: null, dragged: null })
    }
    if (isOther) this.#begin()
    this.find(".order").style.setProperty("--height", data.height)
    this.find(".run span").textContent = data.run
    this.find(".steps").hidden = !data.steps
    this.draw()
    // What is given may be long: what is to be done is in sight.
    if (isOther)
      this.find(".text").scrollTop = this.list.offsetTop - this.find(".text").offsetTop - 24
  }

  #begin() {
    this.cards = this.data.cards.map((_, number) => cardOf(number))
    this.list.replaceChildren()
    for (const card of this.cards)
      card.button.onclick = event => event.detail === 0 && this.#toggle(card)
    draggable(this)
  }

  get held() {
    return memory.get(this.data.key)
  }

  draw() {
    const { given, cards, apart, places: sent, failed } = this.data
    const { places, past } = this.held
    const isAsSent = `${places}` === `${sent}`
    const mark = isAsSent ? failed : null
    this.find(".run").classList.toggle("primary", !(this.data.done && isAsSent))
    this.find(".given").replaceChildren(...(given ? drawnLines(given) : []))
    const first = firstLines(cards, places, apart)
    places.forEach((number, place) => {
      const card = this.cards[number]
      if (this.list.children[place] !== card.item) this.#stand(card, place)
      write(card, cards[number], first[number], mark, `place ${place + 1} of ${places.length}`)
      card.item.classList.toggle("lifted", card === this.lifted?.card)
      card.button.setAttribute("aria-pressed", card === this.lifted?.card)
    })
    this.find(".undo").disabled = !past.before.length
    this.find(".clear").disabled = `${places}` === `${this.data.start}`
  }

  // An element that moves loses the focus.
  #stand(card, place) {
    const hadFocus = card.item.contains(this.find(":focus"))
    this.list.insertBefore(card.item, this.list.children[place] ?? null)
    if (hadFocus) card.button.focus({ preventScroll: true })
  }

  placeOf(card) {
    return this.held.places.indexOf(card.number)
  }

  put(card, place) {
    this.held.places = moved(this.held.places, this.placeOf(card), place)
    this.draw()
    if (this.lifted?.card === card) card.button.focus({ preventScroll: true })
    this.#say(card)
  }

  lift(card) {
    this.lifted = { card, before: this.held.places }
    this.draw()
    card.button.focus({ preventScroll: true })
    this.#say(card, " It is picked up: the arrow keys move it, Enter leaves it there.")
  }

  drop(isKept) {
    const { card, before } = this.lifted
    const now = this.held.places
    this.lifted = null
    this.held.places = before
    if (isKept) this.#change(now, card)
    else this.draw()
    this.#say(card)
  }

  #toggle(card) {
    if (this.lifted) this.drop(true)
    else this.lift(card)
  }

  #change(places, card) {
    const { held } = this
    if (`${places}` !== `${held.places}`) {
      held.past.note(stand(held.places))
      held.places = places
      this.tell({ order: held.order, places })
    }
    this.draw()
    this.#say(card)
  }

  #undo() {
    const { held } = this
    const found = held.past.undo(stand(held.places))
    if (!found) return
    held.places = found.places
    this.tell({ order: held.order, places: held.places })
    this.draw()
  }

  #run() {
    if (this.lifted) this.drop(true)
    const { order, places } = this.held
    this.press("run", { order, places })
  }

  #key(event) {
    // The page has keys of its own, which are not meant by who moves cards.
    event.stopPropagation()
    const card = this.cards.find(({ button }) => button === event.target)
    const act = this.#act(event, card)
    if (!act) return
    event.preventDefault()
    act()
  }

  #act(event, card) {
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key === "Enter") return () => this.#run()
    if (isCommand && event.key === "z") return () => this.#undo()
    if (!card) return null
    const way = wayOf(event, this.lifted?.card === card)
    if (way) return () => this.#go(card, way)
    if (event.key === "Enter" || event.key === " ") return () => this.#toggle(card)
    return event.key === "Escape" && this.lifted ? () => this.drop(false) : null
  }

  #go(card, { step, moves }) {
    const place = this.placeOf(card) + step
    if (!moves) return this.list.children[place]?.querySelector("button").focus()
    if (this.lifted) this.put(card, place)
    else this.#change(moved(this.held.places, place - step, place), card)
  }

  #say(card, more = "") {
    const { places } = this.held
    const text = this.data.cards[card.number].trim()
    this.find(".said").textContent =
      `${text}: place ${this.placeOf(card) + 1} of ${places.length}.${more}`
  }
}

// How the cards stand, as the past takes note of it.
const stand = places => ({ text: `${places}`, places })
