// The note beside the pointer.

export function createTip(root, tip) {
  const show = (svg, x, text) => {
    tip.textContent = text
    tip.hidden = false
    const [a, b] = [svg.getBoundingClientRect(), root.getBoundingClientRect()]
    const left = a.left - b.left + x + 12
    const fits = left + tip.offsetWidth < b.width
    tip.style.left = `${fits ? left : left - tip.offsetWidth - 24}px`
    tip.style.top = `${a.top - b.top + 8}px`
  }
  const hide = () => {
    tip.hidden = true
  }
  return { show, hide }
}
