// Elements of the page and of its drawings.

export const SVG = "http://www.w3.org/2000/svg"

export function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
}

// An element of a drawing.
export function shape(name, attributes = {}) {
  const element = document.createElementNS(SVG, name)
  set(element, attributes)
  return element
}

// The same, put into `parent`.
export function node(parent, name, attributes = {}) {
  return parent.appendChild(shape(name, attributes))
}

// An element of the page.
export function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

// Shows or hides what is drawn.
export function shown(on, ...elements) {
  for (const element of elements) element.style.display = on ? "" : "none"
}

// Points a head, drawn towards the right, along (dx, dy).
export function aim(head, x, y, dx, dy) {
  const turn = (Math.atan2(dy, dx) * 180) / Math.PI
  head.setAttribute("transform", `translate(${x} ${y}) rotate(${turn})`)
}

// Adds a named number to a list of them, and gives back its two cells.
export function readout(list, name) {
  const row = list.appendChild(make("div"))
  const label = row.appendChild(make("dt", "", name))
  const value = row.appendChild(make("dd"))
  value.dataset.name = name
  return { row, label, value }
}
