// Cards in an order: `places` holds their numbers, from the first place to the last.

export function moved(places, from, to) {
  const others = places.filter((_, place) => place !== from)
  const at = Math.max(0, Math.min(others.length, to))
  return [...others.slice(0, at), places[from], ...others.slice(at)]
}

// At which place a card is that is held at the height `y`, by the middles of all the others.
export const placeAt = (y, middles) => middles.filter(middle => middle < y).length

// The number of each card's first line, by the cards' numbers; so many empty lines stand `apart`.
export function firstLines(cards, places, apart) {
  const found = []
  let line = 1
  for (const card of places) {
    found[card] = line
    line += cards[card].split("\n").length + apart
  }
  return found
}

// Where a key moves the card at `place` to: "Alt+ArrowUp", or the arrow alone while it is picked up.
export function wayOf(event, isLifted) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (!step || event.ctrlKey || event.metaKey) return null
  return { step, moves: event.altKey || isLifted }
}
