// The picture as a file of its own.

import { SVG, set, shape } from "../../components/shared/elements.js"

export function save({ svg, width, height }, { name, colours }) {
  const copy = svg.cloneNode(true)
  copy.removeAttribute("style")
  set(copy, { xmlns: SVG, width, height })
  copy.prepend(shape("rect", { width, height, fill: colours.ground }))
  const text = new XMLSerializer().serializeToString(copy)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
