// A Python text in colours, line by line, while it is typed: so also where it is no Python yet.

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try while " +
    "with yield"
  ).split(" "),
)
const BUILTINS = new Set(
  (
    "abs all any bool dict divmod enumerate filter float format int isinstance issubclass iter len " +
    "list map max min next object pow print property range repr reversed round set slice sorted " +
    "staticmethod classmethod str sum super tuple type zip"
  ).split(" "),
)
const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    "(?<string>\\b[rbfRBF]{0,2}(?:\"\"\"[^]*?(?:\"\"\"|$)|'''[^]*?(?:'''|$))" +
      "|\\b[rbfRBF]{0,2}(?:\"(?:\\\\.|[^\"\\\\\\n])*\"?|'(?:\\\\.|[^'\\\\\\n])*'?))",
    "(?<number>\\b\\d[\\w.]*(?:(?<=[eE])[+-]\\d+)?)",
    "(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)",
  ]
    .join("|")
    // A string may begin with its quotation mark, before which no word ends.
    .replaceAll("\\b[rbfRBF]{0,2}", "(?:\\b[rbfRBF]{1,2})?"),
  "gu",
)

// [[kind, text], …] for each line of `text`; joined, the texts are the line.
export function coloured(text) {
  const lines = [[]]
  let reached = 0
  for (const found of text.matchAll(TOKEN)) {
    add(lines, "", text.slice(reached, found.index))
    add(lines, kindOf(found), found[0])
    reached = found.index + found[0].length
  }
  add(lines, "", text.slice(reached))
  return lines
}

function kindOf({ groups }) {
  if (groups.comment) return "comment"
  if (groups.string) return "string"
  if (groups.number) return "number-literal"
  if (KEYWORDS.has(groups.name)) return "keyword"
  return BUILTINS.has(groups.name) ? "builtin" : ""
}

function add(lines, kind, text) {
  text.split("\n").forEach((part, n) => {
    if (n) lines.push([])
    const line = lines.at(-1)
    if (part && line.at(-1)?.[0] === kind && !kind) line.at(-1)[1] += part
    else if (part) line.push([kind, part])
  })
}

// The pieces of a line, those between the columns `from` and `to` (from 0, the last one exclusive)
// marked: [[kind, text, isMarked], …].
export function underlined(pieces, ranges) {
  const parts = []
  let at = 0
  for (const [kind, text] of pieces) {
    for (const letter of cut(text, at, ranges)) parts.push([kind, ...letter])
    at += text.length
  }
  return parts
}

function cut(text, at, ranges) {
  const isIn = place => ranges.some(([from, to]) => place >= from && place < to)
  const parts = []
  for (let n = 0; n < text.length; n++) {
    const on = isIn(at + n)
    if (parts.length && parts.at(-1)[1] === on) parts.at(-1)[0] += text[n]
    else parts.push([text[n], on])
  }
  return parts
}
