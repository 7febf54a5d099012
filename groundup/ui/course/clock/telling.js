// `kept` holds when each moment began, by its number, in milliseconds; of the first one too.

// A moment that is come to begins now; what it was before it is forgotten.
export const begun = (kept, at, now) => (kept[at] ? kept : { ...kept, [at]: now })

const clock = seconds =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

const sum = numbers => numbers.reduce((total, one) => total + one, 0)

// What the clock says in moment `at`, counted from 1, of a plan whose moments take `minutes`.
export function told(kept, at, minutes, now) {
  const length = sum(minutes)
  const own = minutes[at - 1]
  const starts = Object.entries(kept)
  if (!starts.length)
    return { moment: `${own} min planned`, whole: `${length} min in all`, pace: "" }
  // A teacher may start the clock in any moment: what the plan has before it was not given.
  const [first, from] = starts.reduce((least, one) => (one[1] < least[1] ? one : least))
  const used = (now - from) / 1000
  const here = (now - (kept[at] ?? now)) / 1000
  const planned = sum(minutes.slice(first - 1, at)) * 60
  const late = used - planned
  return {
    moment:
      here > own * 60
        ? `${clock(here)}, over by ${clock(here - own * 60)}`
        : `${clock(here)} of ${own} min`,
    whole: `${clock(used)} used, ${clock(Math.max(0, sum(minutes.slice(first - 1)) * 60 - used))} left`,
    pace: late > 0 ? `${clock(late)} behind the plan` : "in time",
  }
}
