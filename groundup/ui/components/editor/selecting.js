// What is selected in a text field whose text has gaps; `data` is what the editor was sent.

import { blankAt, GAP, gapAt } from "./gaps.js"

// Who comes by the keyboard begins where something may be typed: at the blank, if there is one.
export function toGap(field, data) {
  const { value, selectionStart: at } = field
  const [from, to] = gapAt(data.locked, value, at)
  if (data.locked.length && (at < from || at > to)) {
    const blank = blankAt(value, value.indexOf(GAP, from))
    field.setSelectionRange(...(blank && blank[1] <= to ? blank : [to, to]))
  }
  pickBlank(field, data)
}

// Whoever taps at the blank writes in its place.
export function pickBlank(field, data) {
  const { value, selectionStart: start, selectionEnd: end } = field
  const blank = data.start !== null && start === end ? blankAt(value, start) : null
  if (blank) field.setSelectionRange(...blank)
}

// What may be changed, at the first press; false where that is selected already: then, as ever, all.
export function selectGap(field, data) {
  const gap = gapAt(data.locked, field.value, field.selectionStart)
  if (gap[0] === field.selectionStart && gap[1] === field.selectionEnd) return false
  field.setSelectionRange(...gap)
  return true
}
