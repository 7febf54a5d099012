// The app's prose in the page: which elements hold it, and where in them words of the glossary stand.

const BLOCK = ["stMarkdown", "stCaptionContainer", "stAlert", "stHtml"]
  .map(name => `[data-testid="stMain"] [data-testid="${name}"]`)
  .join(", ")
// In a player, a picture or a code panel: what is said below it, and what its parts are called.
const COMPONENT = '[data-testid="stMain"] .stBidiComponent'
const SAID = [".say", ".said", ".given", ".note", ".limits", ".inside-head"]
  .map(name => `p${name}:not(.unseen)`)
  .concat("figcaption", ".bar .hint")
  .join(", ")
const PARAGRAPH = "p, li, td, th, dd, dt, div, figcaption"
const NO_PROSE =
  "a, button, summary, label, input, textarea, select, pre, svg, h1, h2, h3, style, .katex"
const ASKED = ".course-ask" // a question: what a word means may be its answer
const NAMED = /[_.(]/ // a name of PyTorch, also where it is a part of a line of code

// The shadow trees of the page's components: what stands in them no query of the document finds.
export const trees = () =>
  [...document.querySelectorAll(`${COMPONENT}, ${COMPONENT} *`)].flatMap(
    ({ shadowRoot }) => shadowRoot ?? [],
  )

// All blocks of prose that the page holds now; one within another is a part of it.
export const blocks = within =>
  [document, ...within]
    .flatMap(tree => [...tree.querySelectorAll(proseOf(tree))])
    .filter(block => blockOf(block) === block)

const proseOf = tree => (tree === document ? BLOCK : SAID)

// The block that `target` stands in.
export function blockOf(target) {
  const block = target?.closest?.(proseOf(target.getRootNode()))
  return block && (blockOf(block.parentElement) ?? block)
}

// The marks of `block`: [{ word, range }], each word once.
export function marksIn(block, find) {
  const seen = new Set()
  return paragraphs(block).flatMap(pieces => {
    const text = pieces.map(piece => piece.node.data).join("")
    return find(text).flatMap(({ word, from, to }) => {
      const range = seen.has(word) ? null : rangeOf(pieces, from, to)
      if (range) seen.add(word)
      return range ? [{ word, range }] : []
    })
  })
}

// The texts of each paragraph: [{ node, start, code }].
function paragraphs(block) {
  const found = new Map()
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const holder = node.parentElement
    if (holder.closest(`${NO_PROSE}, ${ASKED}`)) continue
    const paragraph = holder.closest(PARAGRAPH)
    if (!found.has(paragraph)) found.set(paragraph, [])
    const pieces = found.get(paragraph)
    const last = pieces.at(-1)
    const start = last ? last.start + last.node.length : 0
    pieces.push({ node, start, code: Boolean(holder.closest("code")) })
  }
  return [...found.values()]
}

// The range from one place of the paragraph's text to another; null where it is a part of code.
function rangeOf(pieces, from, to) {
  const first = pieces.findLast(piece => piece.start <= from)
  const last = pieces.findLast(piece => piece.start < to)
  if (first.code !== last.code) return null
  const [startOffset, endOffset] = [from - first.start, to - last.start]
  if (first.code && !isName(first.node.data, startOffset, endOffset)) return null
  return new StaticRange({
    ...{ startContainer: first.node, startOffset },
    ...{ endContainer: last.node, endOffset },
  })
}

const isName = (code, from, to) => to - from === code.length || NAMED.test(code.slice(from, to))
