// How high a picture or a code may be so that its foot is seen above the dock.

// Below this, in px, a picture says nothing any more: then it is better to scroll to it.
export const LEAST = 150
const GAP = 8

// The room of what begins at `top` (in px from the head of the page, scrolled or not), in a window
// whose dock begins at `foot`. What begins too low has the whole window, once it is scrolled to.
export function roomFor(top, foot) {
  const left = foot - top - GAP
  return Math.floor(left < LEAST ? foot - 2 * GAP : left)
}
