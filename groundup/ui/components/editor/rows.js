// The rows of a text as they are drawn: numbered, in colours, marked.

import { make } from "../shared/elements.js"
import { underlined } from "./colouring.js"

// A row of the text, and a name that tells it from others; `made()` gives its element. It is shown
// under the number `shown`; an `isOpen` one may be changed, among others that may not.
export function rowOf(pieces, number, marks, { isOpen, shown }) {
  const own = marks.filter(mark => number >= mark.line && number <= mark.endLine)
  const kind = own[0]?.kind ?? (isOpen ? "open" : "")
  const ranges = own.map(mark => [
    mark.line === number ? mark.column - 1 : 0,
    mark.endLine === number ? mark.endColumn - 1 : Number.POSITIVE_INFINITY,
  ])
  return {
    name: JSON.stringify([pieces, shown, kind, ranges]),
    made: () => drawnRow(underlined(pieces, ranges), shown, kind),
  }
}

function drawnRow(pieces, number, kind) {
  const row = make("div", `line ${kind}`)
  const code = make("span", "letters")
  for (const [name, text, on] of pieces)
    code.append(make("span", on ? `${name} under` : name, text))
  row.append(make("span", "number", number), code)
  return row
}
