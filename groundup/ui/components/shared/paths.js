// Lines of many points that grow with the run, and numbers between two of its steps.

// One text for a whole line, and how much of it is drawn after each place ("x,y", or null where
// nothing can be drawn): cutting a text is quick. Places nearer than a pixel to the last are left
// out, as thousands of points that nobody can tell apart would cost half the frames.
export function outline(places) {
  let path = ""
  let [x, y] = [Infinity, Infinity]
  const ends = places.map(place => {
    if (place === null) return path.length
    const [nextX, nextY] = place.split(",").map(Number)
    if (Math.abs(nextX - x) + Math.abs(nextY - y) >= 1) {
      path += path ? ` ${place}` : place
      ;[x, y] = [nextX, nextY]
    }
    return path.length
  })
  return { places, path, ends }
}

// The line through the first `count` places, and on to `at`.
export function upTo({ path, ends }, count, at) {
  const soFar = count > 0 ? path.slice(0, ends[count - 1]) : ""
  return at && !soFar.endsWith(at) ? `${soFar} ${at}` : soFar
}

// Two strokes that cross at (x, y), as the text of a path.
export const plus = (x, y, arm) => `M${x - arm} ${y}h${2 * arm}M${x} ${y - arm}v${2 * arm}`

// A number after `n` steps, where `values` holds what each step left.
export const after = (values, start, n) => (n === 0 ? start : values[n - 1])

// The number `part` of the way from step `n` to the next; the last one stays.
export function glide(values, start, n, part) {
  const from = after(values, start, n)
  return part > 0 && n < values.length ? from + part * (values[n] - from) : from
}

// Two lists of numbers mixed: `part` of the way from the first to the second.
export function mixed(a, b, part) {
  return part === 0 ? a : Float32Array.from(a, (v, i) => v + part * (b[i] - v))
}

// Where `position` lies in the growing list `at`: the entries before and after it, and the part of
// the way between them.
export function between(at, position) {
  const before = Math.max(
    at.findLastIndex(one => one <= position),
    0,
  )
  const next = Math.min(before + 1, at.length - 1)
  const part = next > before ? (position - at[before]) / (at[next] - at[before]) : 0
  return { before, after: next, part: Math.max(part, 0) }
}
