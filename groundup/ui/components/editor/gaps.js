// Where may be typed: in the gaps between the pieces of a text that stay as they are.

export const GAP = "____"

// [[from, to], …]: what stands between `pieces` in `text`, null where it has not all of them; with
// no pieces the whole text.
export function gapsOf(pieces, text) {
  if (!pieces.length) return [[0, text.length]]
  const [first, ...others] = pieces
  const last = others.pop()
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  const gaps = []
  let from = first.length
  for (const piece of others) {
    const to = text.indexOf(piece, from)
    if (to < 0) return null
    gaps.push([from, to])
    from = to + piece.length
  }
  const end = text.length - last.length
  return from <= end ? [...gaps, [from, end]] : null
}

// For each line of `text`, whether it may be changed: pieces end, and begin again, with a line.
export function openLines(pieces, text) {
  const gaps = gapsOf(pieces, text) ?? []
  let at = 0
  return text.split("\n").map(line => {
    const [from, to] = [at, at + line.length]
    at = to + 1
    return gaps.some(gap => gap[0] <= from && to <= gap[1])
  })
}

// The gap in which the place `at` lies, or the first one.
export function gapAt(pieces, text, at) {
  const gaps = gapsOf(pieces, text) ?? [[0, text.length]]
  return gaps.find(([from, to]) => from <= at && at <= to) ?? gaps[0]
}

// The blank to be filled in at `at`, or null.
export function blankAt(text, at) {
  const from = text.slice(0, at + GAP.length).lastIndexOf(GAP)
  return at >= 0 && from >= 0 && from <= at && at <= from + GAP.length
    ? [from, from + GAP.length]
    : null
}

// "Your line 3", "Your lines 3 to 5", "Your lines 3 and 4, 7"; the first one after `before` others is
// line 1.
export function named(open, before = 0) {
  const runs = []
  open.forEach((on, n) => {
    if (!on) return
    const line = n + 1 - before
    if (open[n - 1]) runs.at(-1)[1] = line
    else runs.push([line, line])
  })
  const many = open.filter(Boolean).length > 1
  const told = runs.map(([a, b]) => (a === b ? a : b === a + 1 ? `${a} and ${b}` : `${a} to ${b}`))
  return `Your line${many ? "s" : ""} ${told.join(", ")}`
}
