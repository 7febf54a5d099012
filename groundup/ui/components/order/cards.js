// The cards and the lines that stand around them, as they are drawn.

import { coloured } from "../editor/colouring.js"
import { make } from "../shared/elements.js"

// The lines of `text`, the first of them numbered `first`, the one numbered `failed` marked; those
// that were given have no number. The style draws it: a card is called by what it reads.
export function drawnLines(text, first, failed) {
  return coloured(text).map((pieces, n) => {
    const row = make("span", failed && first + n === failed ? "line failed" : "line")
    const code = make("span", "letters")
    for (const [kind, letters] of pieces) code.append(make("span", kind, letters))
    const number = make("span", "number")
    number.style.setProperty("--at", `"${first ? first + n : ""}"`)
    row.append(number, code, "\n")
    return row
  })
}

// A card: a button, so that every way to press one finds it.
export function cardOf(number) {
  const item = make("li", "card")
  const button = make("button", "hold")
  button.type = "button"
  button.setAttribute("aria-describedby", "groundup-order-keys")
  const handle = make("span", "handle")
  button.append(handle, make("span", "code-lines"))
  item.append(button)
  return { number, item, button, handle }
}

export function write({ button }, text, first, failed, said) {
  const lines = drawnLines(text, first, failed)
  button.querySelector(".code-lines").replaceChildren(...lines)
  button.setAttribute("aria-label", `${text.trim()}, ${said}`)
}
