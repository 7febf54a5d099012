// Columns of the code's lines and places on the screen.

export const piecesOf = row =>
  [...row.children].filter(one => one.tagName === "SPAN" && !one.classList.contains("number"))

export const textOf = row =>
  piecesOf(row)
    .map(piece => piece.textContent)
    .join("")

// The column under `x`; null beside the text, and in a comment.
export function columnAt(row, x) {
  let start = 0
  for (const piece of piecesOf(row)) {
    const { left, right, width } = piece.getBoundingClientRect()
    const { length } = piece.textContent
    if (x >= left && x < right && !piece.classList.contains("comment")) {
      return start + Math.floor(((x - left) * length) / width)
    }
    start += length
  }
  return null
}

// How far to the right, within its row, a column begins.
export function edge(row, column) {
  const from = row.getBoundingClientRect().left + row.clientLeft
  let start = 0
  let last = 0
  for (const piece of piecesOf(row)) {
    const { left, right, width } = piece.getBoundingClientRect()
    const { length } = piece.textContent
    last = right - from
    if (column < start + length) return left - from + ((column - start) * width) / length
    start += length
  }
  return last
}
