// A field of numbers 0 to 255 as an image, and the line where it crosses its middle.

const MIDDLE = 127.5

// Below the middle every so many pixels are paler, aslant: the two halves differ in grey too.
const STRIPE = 4
const PALER = 0.35

// Paints the field, `across` by `down` numbers, into a box of the image: two colours, the lower one
// striped, clear in the middle, smooth between the grid's points.
export function shade(image, box, colours, field, across, down) {
  for (let row = 0; row < box.height; row++) {
    const y = (row / (box.height - 1)) * (down - 1)
    const at = (box.top + row) * image.width + box.left
    const line = crossSection(field, across, down, y)
    shadeRow(image.data, { start: 4 * at, width: box.width, row }, colours, line)
  }
}

// The field along a line at the height y.
function crossSection(field, across, down, y) {
  const top = Math.min(Math.floor(y), Math.max(down - 2, 0))
  const low = Math.min(top + 1, down - 1)
  const line = new Float32Array(across)
  for (let x = 0; x < across; x++) {
    const above = field[top * across + x]
    line[x] = above + (y - top) * (field[low * across + x] - above)
  }
  return line
}

function shadeRow(data, { start, width, row }, { one, zero }, line) {
  const across = line.length
  for (let column = 0, at = start; column < width; column++, at += 4) {
    const x = (column / (width - 1)) * (across - 1)
    const left = Math.min(Math.floor(x), across - 2)
    const value = line[left] + (x - left) * (line[left + 1] - line[left])
    const isAbove = value > MIDDLE
    const colour = isAbove ? one : zero
    const strength = isAbove || (column + row) % STRIPE ? 1 : PALER
    data[at] = colour[0]
    data[at + 1] = colour[1]
    data[at + 2] = colour[2]
    data[at + 3] = strength * (20 + 150 * Math.min(Math.abs(value - MIDDLE) / MIDDLE, 1))
  }
}

// Where the field crosses its middle, cell by cell (marching squares, each crossing a segment), as
// the text of a path; `place(column, row)` is a point of the drawing.
export function boundary(field, side, place) {
  let d = ""
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const found = crossings(field, side, column, row).map(([x, y]) => place(x, y))
      for (let i = 0; i + 1 < found.length; i += 2) d += `M${found[i]}L${found[i + 1]}`
    }
  }
  return d
}

// The points on the four sides of a cell where the field crosses its middle.
export function crossings(field, side, column, row) {
  const at = row * side + column
  const [a, b, c, e] = [field[at], field[at + 1], field[at + side], field[at + side + 1]]
  const parts = a > MIDDLE
  if (parts === b > MIDDLE && parts === c > MIDDLE && parts === e > MIDDLE) return []
  const found = []
  if (parts !== b > MIDDLE) found.push([column + share(a, b), row])
  if (parts !== c > MIDDLE) found.push([column, row + share(a, c)])
  if (b > MIDDLE !== e > MIDDLE) found.push([column + 1, row + share(b, e)])
  if (c > MIDDLE !== e > MIDDLE) found.push([column + share(c, e), row + 1])
  return found
}

const share = (a, b) => (MIDDLE - a) / (b - a)
