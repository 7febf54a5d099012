// What the parts of a page are: pictures, code, and above them the settings and what is told. A low
// window, a room and another page's frame put the settings away, a low window what is told as well,
// and may show one of picture and code (low.css): this says which is which.

const OUTSIDE = [
  ".st-key-course_dock",
  ".st-key-course_bar",
  ".st-key-present_foot",
  ".stExpander",
].join()
const LEAVES = [".stElementContainer", "[data-testid='stLayoutWrapper']:has(> .stPopover)"].join()
const PICTURES = ".stPlotlyChart, .stGraphVizChart, .stTable"
const SET = [
  ".stSlider",
  ".stNumberInput",
  ".stSelectbox",
  ".stMultiSelect",
  ".stTextInput",
  ".stTextArea",
  ".stCheckbox",
  ".stButtonGroup",
  ".stPopover",
  "[data-testid=stMenuButton]",
].join()
// Buttons that are a part of such a setting.
const SET_TOO = [
  '[class*="st-key-list_"]',
  ".st-key-fix",
  ".st-key-next_mistake",
  ".st-key-again",
].join()
const ROWS = [".stColumn", "[data-testid='stLayoutWrapper']"].join()
const TOLD = ".stMarkdown, .stAlert"
// What a section is about to be done with: it stays where the picture answers to it.
const ACTS = [
  ".st-key-at",
  ".st-key-statement",
  ".st-key-way",
  ".st-key-bend",
  ".st-key-hand_w",
  ".st-key-hand_b",
  ".st-key-error",
  "[class*='st-key-guess-']",
].join()

export function markParts(main) {
  const leaves = [...main.querySelectorAll(LEAVES)].filter(one => !one.closest(OUTSIDE))
  const works = leaves.filter(one => mark(one, kind(one)))
  const others = leaves.filter(one => !works.includes(one))
  const asides = others.filter(one => mark(one, beside(one, works)) === "aside")
  markWhole(main, leaves)
  tell(works, asides)
}

function mark(one, part) {
  if (part) one.dataset.part = part
  else delete one.dataset.part
  return part
}

function kind(leaf) {
  // What is hidden cannot be looked at: it is what it was.
  if (!leaf.offsetHeight && /picture|code/.test(leaf.dataset.part)) return leaf.dataset.part
  if (leaf.querySelector(PICTURES)) return "picture"
  const root = [...leaf.querySelectorAll("*")].find(one => one.shadowRoot)?.shadowRoot
  if (root?.querySelector(".code .lines")) return "code"
  return root && leaf.offsetHeight > 40 ? "picture" : ""
}

// What a leaf above the works is: a setting, or, where it has the page's whole width, told.
function beside(leaf, works) {
  if (leaf.matches(ACTS) || leaf.closest(ACTS)) return ""
  const column = leaf.closest(".stColumn")
  const here = column ? works.filter(one => column.contains(one)) : []
  const isSet = leaf.querySelector(SET) || leaf.matches(SET_TOO)
  const isTold = !(isSet || here.length) && leaf.querySelector(TOLD)
  const part = isSet ? "aside" : isTold ? "told" : ""
  return part && isBefore(leaf, here.length ? here : works) ? part : ""
}

function isBefore(leaf, works) {
  return works.some(one => leaf.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
}

// A column or a row of nothing but settings goes whole: what is left of it would be a gap.
function markWhole(main, leaves) {
  for (const row of main.querySelectorAll(ROWS)) {
    const within = leaves.filter(one => row.contains(one))
    const parts = new Set(within.map(one => one.dataset.part))
    // Of settings and what is told beside them a low window leaves nothing.
    const isWhole = parts.size > 0 && [...parts].every(one => /^(aside|told)$/.test(one))
    mark(row, isWhole ? (parts.has("told") ? "told" : "aside") : "")
  }
}

// Custom properties, for they reach into the switch's own style sheet.
function tell(works, asides) {
  const pictures = works.filter(one => one.dataset.part === "picture")
  const codes = works.filter(one => one.dataset.part === "code")
  const page = document.documentElement
  const isBeside = codes.some(one => {
    const row = one.closest(".stHorizontalBlock")
    return pictures.some(other => row?.contains(other))
  })
  const areTwo = pictures.length && codes.length
  const stand = isBeside ? "beside" : areTwo ? "stacked" : "alone"
  if (page.dataset.stand !== stand) {
    page.dataset.stand = stand
    window.dispatchEvent(new Event("groundup:stand"))
  }
  page.style.setProperty("--which", areTwo ? "flex" : "none")
  page.style.setProperty("--both", isBeside ? "block" : "none")
  page.style.setProperty("--settings", asides.length ? "block" : "none")
}
