// What is asked of the steps from elsewhere: by the page, by the picture beside the code, and, where
// a recording left out what the learner goes to, by the steps of the server.

import { beforePass, missing, toNumber } from "./ways.js"

// The last order of the page that each panel obeyed.
const obeyed = new Map()

export class Orders {
  // What is to be done when the recording that was asked for has come.
  wanted = null

  constructor(steps) {
    this.steps = steps
  }

  // The page's own order, each once: to stand before a pass, and to go on by so many statements.
  obey(stand) {
    if (!stand) return
    const known = obeyed.get(this.steps.key) ?? { number: 0, presses: 0 }
    obeyed.set(this.steps.key, stand)
    if (stand.number !== known.number) this.before(stand.start[1])
    const more = stand.presses - known.presses
    for (let n = more < 0 ? stand.presses : more; n > 0; n--) this.steps.act("on")
  }

  // Stands before a pass of the loop that the picture follows, which shows that place by itself.
  before(index) {
    const { walk, followed } = this.steps
    const { loop } = followed.names
    const at = beforePass(walk, loop, index, this.steps.beginning(null))
    if (at !== null) return this.steps.go(at, true)
    if (this.steps.sent.stays) return
    const line = walk.wire.loops.find(one => one[1] === loop)[0]
    this.ask([line, index], () => this.before(index))
  }

  // Asks for what lies on the way to `next` and was not kept; whether that was so.
  askFor(next, name) {
    const { walk, at } = this.steps
    // A file has no server to ask.
    const found = this.steps.sent.stays ? null : missing(walk, at, next)
    if (found) this.ask(found.around, () => this.reach(found.number, name))
    return found !== null
  }

  ask(around, wanted) {
    this.wanted = wanted
    this.steps.onAsk(around)
  }

  reach(number, name) {
    this.steps.go(toNumber(this.steps.walk, number))
    if (name === "passBack") this.steps.act(name)
  }

  // While a recording is on its way, a statement more waits for it; whether it does.
  waits(name) {
    const first = this.wanted
    this.wanted = null
    if (!first || name !== "on") return false
    this.wanted = () => {
      first()
      this.steps.act(name)
    }
    return true
  }

  // Another recording comes, of `identity`: of the same text the same place is gone to, of another
  // one the same pass.
  succeed(identity) {
    const { walk, at, told, isQuiet } = this.steps
    if (!told || !walk?.count) return
    const { number } = walk.moment(at)
    const isSame = told[at].text === identity
    this.wanted ??= isSame
      ? () => this.steps.go(toNumber(this.steps.walk, number), isQuiet)
      : () => this.before(told[at].at)
  }

  // The recording has come; whether it was waited for.
  arrive() {
    const wanted = this.wanted
    this.wanted = null
    wanted?.()
    return wanted !== null
  }
}
