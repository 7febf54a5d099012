// What keys do in a Python text: each takes { text, start, end } and gives it back changed, or null
// where the browser's own way is right.

const STEP = 4

const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1
const isBlank = part => /^ *$/.test(part)

function replaced({ text }, from, to, put, start = from + put.length, end = start) {
  return { text: text.slice(0, from) + put + text.slice(to), start, end }
}

export function tab(held) {
  const { text, start, end } = held
  if (text.slice(start, end).includes("\n"))
    return eachLine(held, line => (line ? pad(line) : line))
  const column = start - lineStart(text, start)
  return replaced(held, start, end, " ".repeat(STEP - (column % STEP)))
}

const pad = line => " ".repeat(STEP) + line

export const backTab = held => eachLine(held, line => line.replace(/^ {1,4}|^\t/, ""))

// Puts `#` before every line that is selected, or takes it away where all have it.
export function comment(held) {
  const lines = selected(held).lines.filter(line => line.trim())
  const isOff = lines.every(line => /^\s*#/.test(line))
  const put = line => (isBlank(line) ? line : line.replace(/^( *)/, "$1# "))
  return eachLine(held, isOff ? line => line.replace(/^(\s*)# ?/, "$1") : put)
}

export function enter(held) {
  const { text, start, end } = held
  const line = text.slice(lineStart(text, start), start)
  const code = line.replace(/#.*$/, "").trimEnd()
  const indent = line.match(/^ */)[0].length
  const deeper = code.endsWith(":") ? STEP : 0
  const leaves = /^\s*(return|break|continue|pass|raise)\b/.test(code) ? STEP : 0
  return replaced(held, start, end, `\n${" ".repeat(Math.max(0, indent + deeper - leaves))}`)
}

export function backspace(held) {
  const { text, start, end } = held
  const before = text.slice(lineStart(text, start), start)
  if (start !== end || !before || !isBlank(before)) return null
  const least = Math.floor((before.length - 1) / STEP) * STEP
  return replaced(held, start - (before.length - least), start, "")
}

function selected({ text, start, end }) {
  const from = lineStart(text, start)
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end
  const next = text.indexOf("\n", last)
  const to = next < 0 ? text.length : next
  return { from, to, lines: text.slice(from, to).split("\n") }
}

function eachLine(held, change) {
  const { from, to, lines } = selected(held)
  const made = lines.map(change)
  const put = made.join("\n")
  const moved = made[0].length - lines[0].length
  const start = Math.max(from, held.start + moved)
  const end = held.end + put.length - (to - from)
  return replaced(held, from, to, put, start, Math.max(start, end))
}
