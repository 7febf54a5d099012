// The five steps of one pass, lit in turn while the player goes slowly.

export const STEPS = [
  ["Guess", "a line"],
  ["Score", "how far off"],
  ["Blame", "which way"],
  ["Nudge", "a bit"],
  ["Reset", "and again"],
]

const NUDGE = 3

// The step of its pass in which `position` lies, from 0; null where the passes go too fast to tell.
export function stepAt(position, slow) {
  if (position >= slow.epochs) return null
  const passed = Math.floor((position % 1) * STEPS.length + 1e-9)
  return Math.min(passed, STEPS.length - 1)
}

// How far the run has come at `position`: within a slow pass it moves in the nudge alone.
export function comeTo(position, slow) {
  if (position >= slow.epochs) return position
  const complete = Math.floor(position)
  const part = (position - complete) * STEPS.length - NUDGE
  return complete + Math.min(Math.max(part, 0), 1)
}

// The distances are drawn from the score to the nudge; where passes go fast, always.
export const hasBars = step => step === null || (step > 0 && step <= NUDGE)
