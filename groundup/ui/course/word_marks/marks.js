// The marks on the page. They are highlights: no element of the page is touched, so whoever drew it
// may draw it anew.

import { finder } from "./finding.js"
import { blockOf, blocks, marksIn, trees } from "./prose.js"

const STYLE = `
  ::highlight(groundup-words) {
    text-decoration: underline dotted 1.5px color-mix(in srgb, currentColor 60%, transparent);
    text-underline-offset: 3px;
  }
  ::highlight(groundup-word) {
    background-color: color-mix(in srgb, currentColor 14%, transparent);
  }
  .groundup-pointed { cursor: help; }
`
const QUIET = 150 // milliseconds without a change before the page is read again
const CHANGES = { childList: true, characterData: true, subtree: true }
const DRAWINGS = ".js-plotly-plot, svg" // they change with every frame, and hold no prose

export class Marks {
  constructor(words) {
    this.find = finder(words)
    this.known = new Map() // block: { text, marks }
    this.on = false
    this.observer = new MutationObserver(records => this.changed(records))
    this.observer.observe(document.body, CHANGES)
    this.sheet = new CSSStyleSheet()
    this.sheet.replaceSync(STYLE)
    document.adoptedStyleSheets.push(this.sheet)
  }

  changed(records) {
    const drawn = ({ target }) =>
      (target.closest ? target : target.parentElement)?.closest(DRAWINGS)
    if (!this.waiting && records.some(record => !drawn(record))) this.soon()
  }

  soon() {
    this.waiting = setTimeout(() => {
      this.waiting = null
      this.read()
    }, QUIET)
  }

  // Look at all prose again; what did not change keeps its marks.
  read() {
    const before = this.known
    const within = trees()
    for (const tree of within) this.dress(tree)
    this.known = new Map(
      blocks(within).map(block => [block, fresh(before.get(block), block) ?? this.marked(block)]),
    )
    for (const block of this.known.keys()) this.watch(block, before)
    this.draw()
  }

  // Styles of the page do not reach into a component's shadow tree.
  dress(tree) {
    if (!tree.adoptedStyleSheets.includes(this.sheet)) tree.adoptedStyleSheets.push(this.sheet)
  }

  // Nor is a change there one of the page. All other parts of a player, which change with every
  // frame, are not looked at.
  watch(block, before) {
    if (!before.has(block) && block.getRootNode() !== document) {
      this.observer.observe(block, CHANGES)
    }
  }

  marked(block) {
    return { text: block.textContent, marks: marksIn(block, this.find) }
  }

  show(on) {
    this.on = on
    this.read()
  }

  draw() {
    const ranges = this.on ? [...this.known.values()].flatMap(({ marks }) => marks) : []
    lay("groundup-words", ranges)
  }

  // The mark under (x, y), with `room` pixels around it.
  at(target, x, y, room) {
    const marks = this.on ? (this.known.get(blockOf(target))?.marks ?? []) : []
    return marks.find(mark => rects(mark).some(rect => holds(rect, x, y, room)))
  }

  point(mark) {
    lay("groundup-word", mark ? [mark] : [])
    document.documentElement.classList.toggle("groundup-pointed", Boolean(mark))
  }

  // The words that stand on the page where they can be seen, in its order.
  words() {
    const seen = [...this.known].filter(([block]) => block.checkVisibility())
    return [...new Set(seen.flatMap(([, { marks }]) => marks.map(mark => mark.word)))]
  }

  end() {
    clearTimeout(this.waiting)
    this.observer.disconnect()
    this.on = false
    this.draw()
    this.point(null)
    for (const tree of [document, ...trees()]) {
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter(one => one !== this.sheet)
    }
  }
}

function fresh(known, block) {
  const same = known?.text === block.textContent
  return same && known.marks.every(({ range }) => range.startContainer.isConnected) ? known : null
}

function lay(name, marks) {
  if (marks.length) CSS.highlights.set(name, new Highlight(...marks.map(({ range }) => range)))
  else CSS.highlights.delete(name)
}

// Where a mark stands in the window: one rectangle a line.
export function rects({ range }) {
  const live = document.createRange()
  live.setStart(range.startContainer, range.startOffset)
  live.setEnd(range.endContainer, range.endOffset)
  return [...live.getClientRects()]
}

const holds = (rect, x, y, room) =>
  x >= rect.left - room && x <= rect.right + room && y >= rect.top - room && y <= rect.bottom + room
