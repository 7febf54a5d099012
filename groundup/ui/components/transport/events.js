// What happens around a player; each gives back what ends it.

// Calls `act` when parts of a run arrive: once for all that arrive together.
export function onParts(act) {
  let frame = 0
  const look = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(act)
  }
  window.addEventListener("groundup:part", look)
  return () => {
    cancelAnimationFrame(frame)
    window.removeEventListener("groundup:part", look)
  }
}

// Calls `act` when `element` has another size.
export function onResize(element, act) {
  const observer = new ResizeObserver(act)
  observer.observe(element)
  return () => observer.disconnect()
}
