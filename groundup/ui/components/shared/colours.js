// The theme's colours, as a canvas wants them.

// The colour that the theme calls `name`, as [red, green, blue].
export function themeColour(element, name) {
  const pen = document.createElement("canvas").getContext("2d")
  pen.fillStyle = getComputedStyle(element).getPropertyValue(name).trim() || "#0072b2"
  pen.fillRect(0, 0, 1, 1)
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

// The colours of the two classes.
export function classColours(element) {
  return { one: themeColour(element, "--one"), zero: themeColour(element, "--zero") }
}

// Puts a canvas under the frame of a drawing.
export function fitTo(canvas, { left, top, right, bottom }) {
  const [width, height] = [Math.round(right - left), Math.round(bottom - top)]
  const place = { left, top, width, height }
  for (const [name, pixels] of Object.entries(place)) canvas.style[name] = `${pixels}px`
  return [width, height]
}
