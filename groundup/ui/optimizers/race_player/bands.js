// Bands of equal height, the bluer the lower; between two bands there is a line, as on a map.

import { fitTo, themeColour } from "../../components/shared/colours.js"

const BANDS = 16

export function paintBands(canvas, { heights, side }, box) {
  const size = fitTo(canvas, box)
  const colour = themeColour(canvas, "--fit")
  // Numbers that change leave the ground as it is.
  const painted = [colour, size, heights].join()
  if (canvas.painted === painted) return
  canvas.painted = painted
  ;[canvas.width, canvas.height] = size.map(pixels => 2 * pixels)
  const context = canvas.getContext("2d")
  const image = context.createImageData(canvas.width, canvas.height)
  fill(image, colour, row => {
    return bandsOfRow(heights, side, (row / (canvas.height - 1)) * (side - 1), canvas.width)
  })
  context.putImageData(image, 0, 0)
}

function fill({ data, width, height }, [red, green, blue], bandsOf) {
  let above = null
  for (let row = 0; row < height; row++) {
    const now = bandsOf(row)
    for (let column = 0; column < width; column++) {
      const band = now[column]
      const edge = band !== (above ?? now)[column] || (column && band !== now[column - 1])
      const alpha = edge ? 150 : depth(band)
      data.set([red, green, blue, alpha], 4 * (row * width + column))
    }
    above = now
  }
}

// How much of the colour a band gets, of 255: in a dark theme, too, the lowest has most of it.
export const depth = band => 12 + (1 - band / BANDS) * 120

// The band of each of `width` places along a line at the height y over the grid of heights.
export function bandsOfRow(heights, side, y, width) {
  const top = Math.min(Math.floor(y), side - 2)
  const [upper, lower] = [top * side, (top + 1) * side]
  return Uint8Array.from({ length: width }, (_, column) => {
    const x = (column / (width - 1)) * (side - 1)
    const left = Math.min(Math.floor(x), side - 2)
    const mix = at =>
      heights[at + left] + (x - left) * (heights[at + left + 1] - heights[at + left])
    const height = mix(upper) + (y - top) * (mix(lower) - mix(upper))
    return Math.min((height / 65536) * BANDS, BANDS - 1)
  })
}
