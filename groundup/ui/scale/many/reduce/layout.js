// Where the parts of the picture stand.

export const WIDTH = 720
// A step has four moments: the share, the own gradient, the all-reduce, the step.
export const MOMENTS = 4
export const ROWS = { name: 16, share: 24, tall: 84, own: 118, mean: 198, after: 278, end: 328 }

const GAP = 12

// The column of worker `rank` of `count`: its edge, its breadth, and where its arrows end.
export function columnOf(rank, count) {
  const width = Math.min(300, (WIDTH - GAP * (count - 1)) / count)
  const whole = width * count + GAP * (count - 1)
  const left = (WIDTH - whole) / 2 + rank * (width + GAP)
  return { left, width, middle: left + width / 2, lean: (rank - (count - 1) / 2) * 56 }
}

// From an example to a place in the column, on axes that all workers share.
export function plot(shares, { left, width }) {
  const ends = [-1.2, 3.2]
  const ys = shares.flatMap(share => share.y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const top = ROWS.share + 8
  return {
    ends,
    x: value => left + (width * (value - ends[0])) / (ends[1] - ends[0]),
    y: value => top + ((ROWS.tall - 16) * (high - value)) / (high - low || 1),
  }
}
