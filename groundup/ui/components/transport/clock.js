// Where a player stands, and how fast it moves on: a position in epochs complete, a fraction of one
// while it glides between two.

const FIRST_INTERVAL = 1300
// A frame that took longer, in ms, was not seen as one.
const LONGEST_FRAME = 250

export class Clock {
  position = 0
  playing = false
  speed = 1
  // The first few epochs may go no faster than this, so that they can be followed.
  slow = { epochs: 0, speed: 1 }
  // How many epochs there are so far, and how many there will be.
  done = 0
  epochs = 0
  #arrived = 0
  #interval = FIRST_INTERVAL

  // Takes up how far the run has come by `now` (in ms); `fresh` is the first piece of another run.
  extend({ done, epochs }, fresh, now) {
    const former = fresh ? 0 : this.done
    Object.assign(this, { done, epochs })
    if (done !== former) this.#noteArrival(former, now)
  }

  // How often pieces of an unfinished run arrive, in ms.
  #noteArrival(former, now) {
    // Parts of one piece arrive one after another.
    if (now - this.#arrived < 100) return
    const since = Math.min(Math.max(now - this.#arrived, 500), 5000)
    const grows = former > 0 && this.done > former
    this.#interval = grows ? (this.#interval + since) / 2 : FIRST_INTERVAL
    this.#arrived = now
  }

  // Epochs a second: as chosen, or as slow as it takes to last until the next piece arrives.
  pace(now) {
    const speed = this.#wanted
    if (this.done >= this.epochs) return speed
    const left = Math.max(this.#arrived + this.#interval - now, 200) / 1000
    return Math.min(speed, (this.done - this.position) / left)
  }

  get #wanted() {
    const { epochs, speed } = this.slow
    return this.position < epochs ? Math.min(speed, this.speed) : this.speed
  }

  // Moves on by `elapsed` ms; at the newest epoch of an unfinished run it waits.
  advance(elapsed, now) {
    const seconds = Math.min(Math.max(elapsed, 0), LONGEST_FRAME) / 1000
    this.seek(this.position + seconds * this.pace(now))
  }

  seek(position) {
    this.position = Math.min(Math.max(position, 0), this.done)
  }

  get complete() {
    return Math.floor(this.position)
  }

  get over() {
    return this.position >= this.epochs
  }

  // The whole epoch on the left of the position, and the one on its right.
  get before() {
    return Math.ceil(this.position) - 1
  }

  get next() {
    return this.complete + 1
  }
}
