// A card is dragged by a pointer: by a mouse anywhere, by a finger at its handle, for elsewhere the
// finger scrolls.

import { placeAt } from "./moving.js"

const middleOf = ({ item }) => {
  const { top, height } = item.getBoundingClientRect()
  return top + height / 2
}

// `board` has list, cards, placeOf(card), put(card, place), lift(card), drop(isKept).
export function draggable(board) {
  for (const card of board.cards) {
    card.button.addEventListener("pointerdown", event => begin(board, card, event))
  }
  board.list.addEventListener("pointermove", event => follow(board, event))
  board.list.addEventListener("pointerup", () => end(board, true))
  board.list.addEventListener("pointercancel", () => end(board, false))
}

function begin(board, card, event) {
  const isHeld = event.pointerType === "mouse" || card.handle.contains(event.target)
  if (event.button !== 0 || !isHeld) return
  event.preventDefault()
  board.list.setPointerCapture(event.pointerId)
  board.dragged = { card, id: event.pointerId, grabbed: event.clientY - topOf(card) }
  board.lift(card)
}

const topOf = card => card.item.getBoundingClientRect().top

function follow(board, event) {
  if (board.dragged?.id !== event.pointerId) return
  const { card, grabbed } = board.dragged
  card.item.style.transform = ""
  const others = board.cards.filter(one => one !== card)
  const y = event.clientY - grabbed + card.item.offsetHeight / 2
  const place = placeAt(y, others.map(middleOf))
  if (place !== board.placeOf(card)) board.put(card, place)
  card.item.style.transform = `translateY(${event.clientY - grabbed - topOf(card)}px)`
}

function end(board, isKept) {
  if (!board.dragged) return
  board.dragged.card.item.style.transform = ""
  board.dragged = null
  board.drop(isKept)
}
