// What the player says in words: beneath the picture, on its buttons, and to a screen reader.

// The sentence for where the run stands, { text, bad, instead }. A scene may `say` its own; else it
// brings the sentences in `said`.
export function sentence(scene, states, complete) {
  if (scene.say) return { instead: false, ...scene.say(states) }
  const gone = divergedBy(scene.runs[0].loss, complete + (scene.ahead ?? 0))
  const { instead } = scene.said
  const text = instead || (gone ? scene.said.diverged : ordinary(scene, complete))
  return { text, bad: gone && !instead, instead: Boolean(instead) }
}

function ordinary({ said, hand, epochs }, complete) {
  if (complete === 0) return said.start
  return hand || complete >= epochs ? said.end : ""
}

// Whether one of the first so many losses was no number any more.
export function divergedBy(loss, complete) {
  const end = loss.findIndex(v => !Number.isFinite(v))
  return end >= 0 && complete > end
}

export function playLabel({ playing, complete, epochs }) {
  if (playing) return "❚❚ Stop"
  if (complete === 0) return "▶ Play"
  return complete >= epochs ? "↻ Replay" : "▶ Resume"
}

// What the buttons and the slider are called, where the clock counts in `word`s.
export function labels(word) {
  return {
    unit: `${several(word)}/s`,
    speed: `${several(word[0].toUpperCase() + word.slice(1))} a second`,
    back: `One ${word} back`,
    forward: `One ${word} forward`,
  }
}

export function progress({ complete, epochs }, word) {
  return `${complete} of ${epochs} ${several(word)}`
}

// The numbers of a player's rows, { name, value }, in words.
export const inWords = rows =>
  rows
    .filter(({ value }) => value && value !== "—")
    .map(({ name, value }) => `${name} ${value}`)
    .join(", ")

const several = word => (word.endsWith("s") ? `${word}es` : `${word}s`)
