// What the text was before: undone and done again, over pages and over texts that the page wrote.

const MOST = 200
const PAUSE = 1000 // milliseconds: what is typed without a pause is undone at once

export class Past {
  before = []
  after = []
  #last = -PAUSE

  // Takes note of `held`, which something else is about to replace; `typed` goes on with the last.
  note(held, typed = false, now = performance.now()) {
    const goesOn = typed && now - this.#last < PAUSE && this.before.length
    this.#last = typed ? now : -PAUSE
    this.after = []
    if (goesOn || this.before.at(-1)?.text === held.text) return
    this.before.push(held)
    if (this.before.length > MOST) this.before.shift()
  }

  // What stood before `held`, or null.
  undo(held) {
    return this.#go(this.before, this.after, held)
  }

  redo(held) {
    return this.#go(this.after, this.before, held)
  }

  #go(from, to, held) {
    this.#last = -PAUSE
    const found = from.pop()
    if (found === undefined) return null
    to.push(held)
    return found
  }
}
