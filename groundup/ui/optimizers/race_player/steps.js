// What was sent of each racer, unpacked; where it stands, and what is said of it.

import { columnsOf, floats, shorts } from "../../components/shared/decoding.js"
import { format } from "../../components/shared/numbers.js"
import { glide } from "../../components/shared/paths.js"

const START =
  "All start at the dashed ring; + marks where it is lowest. Press a racer to look inside it."

export function read(data) {
  const runs = data.runs.map(unpacked)
  const ground = { ...data.ground, heights: shorts(data.ground.heights) }
  const done = Math.max(0, ...runs.map(run => (run.at ? run.at.at(-1) : run.loss.length)))
  const rule = data.rule && unpackedRule(data.rule)
  const span = spanOf(runs, ground.lowest)
  return { ...data, runs, rule, ground, done, span, steep: true, told, say }
}

function unpacked(run) {
  const columns = { loss: floats(run.loss), x: floats(run.x), y: floats(run.y) }
  const evaluations = floats(run.evaluations)
  return { ...run, ...columns, at: run.at && floats(run.at), evaluations }
}

function unpackedRule(rule) {
  const numbers = rule.numbers.map(({ columns, cases }) => ({ cases, columns: columnsOf(columns) }))
  return { ...rule, numbers }
}

// One that flies off, or one that reaches 1e-40, would press all others into a line.
function spanOf(runs, lowest) {
  const first = Math.max(...runs.map(run => run.loss[0])) - lowest
  return [lowest + 1e-12 * first, lowest + 1e3 * first]
}

export function states({ runs, start }, position) {
  return runs.map(run => stateAt(run, start, position))
}

// Where a racer is at a position; between two steps it glides in a straight line. Where the clock
// counts evaluations, one that asks more than once in a step takes that much longer for it.
export function stateAt(run, [startX, startY], position) {
  const { complete, part } = run.at ? stepByEvaluations(run, position) : step(run, position)
  const [x, y] = [glide(run.x, startX, complete, part), glide(run.y, startY, complete, part)]
  return { x, y, complete, position }
}

function step(run, position) {
  const last = run.x.length
  const complete = Math.min(Math.floor(position), last)
  return { complete, part: Math.min(position, last) - complete }
}

function stepByEvaluations({ at, x }, position) {
  const complete = stepsAt(at, position)
  const from = complete ? at[complete - 1] : 0
  return { complete, part: complete < x.length ? (position - from) / (at[complete] - from) : 0 }
}

// How many of its steps a racer has finished after so many evaluations.
export function stepsAt(at, evaluations) {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle] <= evaluations) low = middle + 1
    else high = middle
  }
  return low
}

// Under the pointer over the losses: every racer's loss there.
function told(runs, position) {
  const width = Math.max(...runs.map(run => run.name.length))
  const lines = runs.map(run => {
    const last = Math.min(position, run.loss.length - 1)
    const at = run.at ? stepsAt(run.at, position + 1) - 1 : last
    return `${run.name.padEnd(width)}  ${at < 0 ? "—" : format(run.loss[at], 5)}`
  })
  return [`${this.word} ${position + 1}`, ...lines].join("\n")
}

// Beneath the picture: what to look for; then who has left the numbers by now, or what was asked.
function say(states) {
  const gone = this.runs.filter((run, i) => hasLeft(run, states[i].complete))
  const asking = this.runs.flatMap((run, i) => asked(run, states[i].complete))
  const words = gone.length ? whyGone(gone) : asking
  const look = this.look || (words.length ? "" : START)
  return { text: [look, ...words].join(" "), bad: gone.length > 0 && !this.look }
}

const endOf = ({ loss }) => loss.findIndex(v => !Number.isFinite(v))

function hasLeft(run, complete) {
  const end = endOf(run)
  return end >= 0 && complete > end
}

// A loss that grew on its way out tells of steps too long; a 0 / 0 in a rule does not.
export function whyGone(gone) {
  const grew = run => run.loss[endOf(run) - 1] > run.loss[0]
  const [diverged, others] = [gone.filter(grew), gone.filter(run => !grew(run))].map(listed)
  return [
    ...(diverged ? [`Diverged: ${diverged}. These steps are too long.`] : []),
    ...(others ? [`No number any more: ${others}.`] : []),
  ]
}

function listed(runs) {
  const ends = runs.map(run => [run, endOf(run)])
  return ends
    .map(([{ name, loss }, end]) => `${name} (loss ${format(loss[end])} from step ${end + 1})`)
    .join(", ")
}

export function asked({ name, evaluations }, complete) {
  if (!complete || !evaluations.length) return []
  const times = evaluations[complete - 1]
  return [
    `${name} has asked for the loss ${times} times in ${complete} step${complete > 1 ? "s" : ""}.`,
  ]
}
