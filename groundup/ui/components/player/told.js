// The moment of a text that the learner walks through, as the picture shows it: what is older than
// the weights is marked as old. `told` comes from code/followed.js.

export function toldState(run, told) {
  const { weights, guess, loss, gradient } = told
  const [w, b] = weights.map(numberOf)
  return {
    ...{ w, b, complete: told.at, passed: passedBy(run, told) },
    guess: guess && { of: guess.of ?? [NaN, NaN], isOld: guess.isOld, ...pointsOf(guess) },
    arrow: gradient?.of
      ? { from: gradient.of, slope: gradient.value, isOld: gradient.isOld }
      : null,
    known: lossesBy(loss, told),
    mark: loss && { x: across(run, loss, told), y: numberOf(loss.value), isOld: loss.isOld },
  }
}

// The examples that were predicted, where those are not all.
const pointsOf = ({ points }) => points && { points }

const numberOf = value => value ?? NaN

// The share of an epoch that so many of its updates are.
const share = ({ track: { every, stride = 1 } }, inner) => Math.min((inner * every) / stride, 1)

// How many of the places along the way were come to.
function passedBy(run, { at, inner }) {
  const updates = Math.floor((at + share(run, inner)) / run.track.every + 1e-6)
  return Math.min(updates, run.track.w.length)
}

// How many losses of epochs are known: of the present one not before its loss was computed.
function lossesBy(loss, { at }) {
  if (!loss) return 0
  return loss.when ? Math.ceil(loss.when[0] + 1) : at
}

function across(run, { when }, { at }) {
  return when ? when[0] + share(run, when[1]) : Math.max(at - 1, 0)
}

// The readouts' numbers: what the script's variables hold.
export function toldNumbers(told) {
  const { weights, loss, gradient, place, at, line, failed } = told
  const where = failed ? `line ${line} failed` : `after line ${line}`
  const slopes = gradient?.value ?? [null, null]
  // A gradient that was set to zero is of no line at all.
  const [oldW, oldB] = slopes.map(slope => Boolean(gradient?.isOld && slope))
  return {
    epoch: { before: null, in: at, after: "end" }[place],
    moment:
      place === "in" ? `Epoch ${at}, ${where}` : where.replace(/^./, first => first.toUpperCase()),
    isHeld: true,
    ...{ loss: loss?.value ?? null, w: weights[0], b: weights[1] },
    ...{ "w.grad": slopes[0], "b.grad": slopes[1] },
    old: { loss: loss?.isOld, "w.grad": oldW, "b.grad": oldB },
  }
}

// What is said of a moment beneath the picture.
export function toldSentence({ guess, loss }) {
  if (!guess?.isOld) return loss?.isOld ? "The loss is still that of the line before." : ""
  if (!guess.of) return "The prediction is that of a line before, which was not kept."
  const isBoth = loss?.of?.every((value, n) => Object.is(value, guess.of[n]))
  const whose = isBoth ? "guess and of its loss" : "guess"
  return `Dashed is the line of the ${whose}; solid is the line now.`
}

// Where the prediction is drawn: with the weights that it was computed with.
export const guessOf = ({ w, b, guess }) => {
  if (guess === undefined) return { w, b, isOld: false, hasBars: true }
  if (guess === null) return { w, b, isOld: false, hasBars: false }
  return { w: guess.of[0], b: guess.of[1], isOld: guess.isOld, hasBars: true, ...pointsOf(guess) }
}
