// A code whose page has a timeline of its own, with Back, Step and Play: where that stands, the line
// stands, and the names under it. So there is one place, and one Step.
// `timeline` is { leader, text, lines, done }: for each of its moments the line that runs or ran,
// and the last one that is over by then.

import { toldBy } from "../shared/channel.js"

// The moment at which the timeline stands, if it is one of this text; else null.
export function momentOf({ timeline }) {
  const told = timeline ? toldBy(timeline.leader, timeline.text) : null
  return told && told.at < timeline.lines.length ? told.at : null
}

// What was sent, with the line of the timeline's moment: the server hears of it a moment later.
export function led(data) {
  const at = momentOf(data)
  if (at === null) return data
  const isLast = at === data.timeline.lines.length - 1
  const failed = isLast ? data.timeline.failed : null
  return { ...data, running: data.timeline.lines[at], failed }
}

// Where a recording stands when the line `done` is over; at its first moment before there was one.
export function placeWhen(walk, done) {
  const { line } = walk.wire.moments
  return Math.max(
    line.findLastIndex((one, at) => one <= done && walk.depth(at) === 0),
    0,
  )
}
