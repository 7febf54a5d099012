// What of a page is on the screen, and how large its type is drawn. One expression, a function.
() => {
  const main = document.querySelector(".stMain")
  const isOfDock = one => {
    for (let node = one; node; node = node.parentNode ?? node.host) {
      if (node.classList?.contains("st-key-course_dock")) return true
    }
    return false
  }
  const all = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
      found.push(one)
      if (one.shadowRoot) all(one.shadowRoot, found)
    }
    return found
  }
  const isSeen = one =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    one.getBoundingClientRect().height > 1 &&
    !isOfDock(one)
  const seen = all(main).filter(isSeen)

  // How much larger or smaller than its style says an element is painted.
  const scale = one => {
    const matrix = one.ownerSVGElement?.getScreenCTM()
    if (matrix) return Math.hypot(matrix.a, matrix.b)
    const ratio = one.offsetWidth ? one.getBoundingClientRect().width / one.offsetWidth : 1
    // offsetWidth is a whole number: of a narrow element it is not exact.
    return Math.abs(ratio - 1) * one.offsetWidth > 1 ? ratio : 1
  }
  const own = one => {
    if (one.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, select")) return one.value
    return [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("").trim()
  }
  // A sign that a font of icons draws is a picture, and its text the name of it.
  const isText = one => !one.closest("style, script, [data-testid=stIconMaterial]") && own(one)
  const size = one => parseFloat(getComputedStyle(one).fontSize) * scale(one)
  const types = seen.filter(isText).map(one => [size(one), own(one), one.tagName + "." + (one.getAttribute("class") ?? "")])
  types.sort((one, other) => one[0] - other[0])

  const box = css => seen.find(one => one.matches(css))?.getBoundingClientRect()
  const round = number => (number === undefined ? null : Math.round(number))
  const picture = box(".panels, .stage, .block svg, .stPlotlyChart, .stGraphVizChart, .tensor-cards")
  const lines = seen.find(one => one.matches(".code .lines"))
  const line = lines?.querySelector(".line")
  const letter = () => {
    const range = document.createRange()
    const node = [...line.querySelectorAll("*"), line].flatMap(one => [...one.childNodes])
      .filter(one => one.nodeType === 3 && one.data.trim() && !one.parentNode.matches(".number"))[0]
    if (!node) return 1
    range.selectNodeContents(node)
    return range.getBoundingClientRect().width / node.data.length
  }
  const room = () => lines.clientWidth - (line.querySelector(".number")?.getBoundingClientRect().right ?? 0) +
    lines.getBoundingClientRect().left
  const dock = document.querySelector(".st-key-course_dock")?.getBoundingClientRect()
  const [smallest, words, what] = types[0] ?? [0, "", ""]
  return {
    type: Math.round(10 * smallest) / 10,
    of: `${what} ${words.slice(0, 40)}`,
    picture: round(picture?.top),
    picture_foot: round(picture?.bottom),
    bar: round(box(".transport, .picture > .steps")?.bottom),
    run: round(box(":is(.st-key-train, .st-key-train_net, .st-key-ffn_train) button")?.bottom),
    code: round(box(".code .line")?.top),
    code_foot: round(box(".code")?.bottom),
    letters: line ? Math.floor(room() / letter()) : null,
    dock: dock?.height ? Math.round(dock.top) : innerHeight,
    wide: main.scrollWidth - main.clientWidth,
  }
}
