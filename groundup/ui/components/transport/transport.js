// What every player shares: the clock, the slider and the keyboard move a position, and the panels
// draw it. Python sends the whole trajectory and an order; it hears back only where the learner
// stopped.
//
// `kind` says what is played:
//   read(data)                        the scene: what was sent, its numbers unpacked; with `runs`
//                                     (each with `loss`), `done` (epochs so far) and `steep` (log);
//                                     null if it waits for a part, which "groundup:part" announces
//   panels(part, scene, view, tip, go, place)  functions that draw the states
//   states(scene, position)           one for each run: `complete` epochs, and what panels need
//   readouts(list)                    a function that writes the first state's numbers, (state,
//                                     scene, states), which are also what is told aloud
//   sayTold(told)                     what is said where a text is walked through, which the picture
//                                     `follows`: its scene has what the steps tell as `told`
// A scene may bring its own words (`say(states)` beneath the picture, `told(runs, epoch)` at the
// pointer over the losses) and the `span` of losses that the axis must hold at most. Its first
// `slow.epochs` go at `slow.speed`, if it says so.

import { onAnnounced, takenTo, toldBy } from "../shared/channel.js"
import { sayUnasked } from "../shared/leaving.js"
import { Clock } from "./clock.js"
import { onParts, onResize } from "./events.js"
import { listen } from "./keys.js"
import { sentence } from "./speech.js"
import { createTip } from "./tip.js"
import { View } from "./view.js"

const players = new WeakMap()

// Where the pictures are lower than this, in px, they stand in one row.
const LOW = 230

// How long the steps must stand still, in ms, until Python hears in which epoch they are.
const QUIET = 700

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches

export function mounting(kind) {
  return function mount({ parentElement, data, setStateValue, setTriggerValue }) {
    if (!players.has(parentElement)) {
      players.set(parentElement, new Player(parentElement.querySelector(".player"), kind))
    }
    const player = players.get(parentElement)
    player.report = report => sayUnasked(() => setStateValue("held", report))
    player.place = place => sayUnasked(() => setTriggerValue("place", place))
    player.receive(data)
    return () => {
      player.destroy()
      players.delete(parentElement)
    }
  }
}

class Player {
  report = () => {}
  place = () => {}
  #clock = new Clock()
  #axis = { log: false, isChosen: false }
  #scene = null
  #sent = null
  #order = null
  #draw = []
  #frame = 0
  #before = 0
  #told = null
  #telling = 0

  constructor(root, kind) {
    this.kind = kind
    this.part = name => root.querySelector(name)
    this.tip = createTip(root, this.part(".tip"))
    this.writeReadouts = kind.readouts(this.part(".readouts"))
    this.view = new View(this.part)
    const actions = this.#actions()
    this.view.connect(actions)
    this.endings = [
      listen(root, actions),
      onParts(() => this.#sent && this.receive(this.#sent)),
      onResize(this.part(".panels"), () => this.#scene && this.#redraw()),
      onAnnounced(
        "moment",
        () => this.#sent?.follows,
        () => this.#follow(),
      ),
      onAnnounced(
        "hold",
        () => this.#sent?.follows,
        () => this.#clock.playing && this.#toggle(),
      ),
    ]
  }

  destroy() {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#telling)
    for (const end of this.endings) end()
  }

  // What Python sends: a new picture, a longer one, or an order to play or to stand somewhere.
  receive(data) {
    this.#sent = data
    const scene = this.kind.read(data)
    if (!scene) return
    const fresh = this.#scene?.id !== data.id
    this.#take(scene, fresh)
    this.#layout()
    if (this.#order !== data.order.number) this.#obey(data.order)
    this.#clock.seek(this.#clock.position)
    if (fresh) this.#follow()
    this.#show()
  }

  // The steps under the code stand elsewhere, or are left: then the picture is the slider's again.
  #follow() {
    if (!this.#sent.follows || !this.#scene) return
    this.#told = toldBy(this.#sent.follows, this.#scene.id)
    if (this.#told) this.#standAt(this.#told.at)
    this.#show()
  }

  #standAt(epoch) {
    this.#play(false)
    const before = this.#clock.position
    this.#clock.seek(epoch)
    if (this.#clock.position === before) return
    clearTimeout(this.#telling)
    this.#telling = setTimeout(() => this.#tell(), QUIET)
  }

  #take(scene, fresh) {
    this.#scene = scene
    this.#clock.extend(scene, fresh, performance.now())
    if (!this.#axis.isChosen) this.#axis.log = scene.steep
    if (fresh) this.view.suggestSpeed(scene.epochs)
    this.#clock.speed = this.view.speed
    if (scene.slow) this.#clock.slow = scene.slow
    this.view.name(this.#word, scene.epochs)
  }

  #obey({ number, at, play }) {
    this.#order = number
    this.#told = null
    this.#clock.seek(at)
    // Where no epoch is there yet it waits for the first one: an order is obeyed once.
    this.#play(play)
  }

  get #word() {
    return this.#scene.word ?? "epoch"
  }

  #layout() {
    const panels = this.part(".panels")
    panels.classList.toggle("low", panels.clientHeight < LOW)
    const go = to => this.#go(to)
    const place = place => this.place(place)
    this.#draw = this.kind.panels(this.part, this.#scene, this.#axis, this.tip, go, place)
    this.view.press(this.#axis.log)
  }

  #show() {
    const scene = this.#told ? this.#walked() : this.#scene
    const states = this.kind.states(scene, this.#clock.position)
    for (const panel of this.#draw) panel(states)
    this.writeReadouts(states[0], scene, states)
    this.view.show(this.#clock, this.#word)
    this.view.say(sentence(scene, states, this.#clock.complete))
    if (!this.#clock.playing) this.view.tell(false)
  }

  #walked() {
    const say = () => ({ text: this.kind.sayTold(this.#told), bad: false })
    return { ...this.#scene, told: this.#told, say }
  }

  #play(on) {
    this.#clock.playing = on
    cancelAnimationFrame(this.#frame)
    if (!this.#clock.playing) return
    this.#before = performance.now()
    this.#ask()
  }

  #ask() {
    this.#frame = requestAnimationFrame(now => this.#tick(now))
  }

  #tick(now) {
    // A frame's time is that of its beginning, which may lie before the order to play.
    // Where nothing shall move it stands at the newest epoch, and waits there for the next piece.
    if (isStill()) this.#clock.seek(this.#clock.done)
    else this.#clock.advance(now - this.#before, now)
    this.#before = now
    const { over } = this.#clock
    if (over) this.#play(false)
    this.#show()
    if (over) this.#settle()
    // At the newest epoch of an unfinished run it waits here for the next piece.
    if (this.#clock.playing) this.#ask()
  }

  // Tells Python where the learner stands.
  #settle() {
    this.#clock.seek(Math.round(this.#clock.position))
    this.#tell()
    if (!this.#clock.playing) this.view.tell(true)
    const { follows, id } = this.#scene
    if (follows && !this.#clock.playing) takenTo(follows, id, this.#clock.position)
  }

  #tell() {
    clearTimeout(this.#telling)
    const { position, playing } = this.#clock
    this.report({ order: this.#order, at: position, playing })
  }

  #go(to) {
    this.#told = null
    this.#play(false)
    this.#clock.seek(Math.round(to))
    this.#show()
    this.#settle()
  }

  #toggle() {
    const clock = this.#clock
    if (clock.done === 0) return
    this.#told = null
    if (clock.playing) clock.seek(clock.complete)
    else if (clock.over) clock.seek(0)
    this.#play(!clock.playing)
    this.#show()
    this.#settle()
  }

  #scrub(to) {
    this.#told = null
    this.#play(false)
    this.#clock.seek(to)
    this.#show()
  }

  #switchScale() {
    Object.assign(this.#axis, { log: !this.#axis.log, isChosen: true })
    this.#redraw()
  }

  #redraw() {
    this.#layout()
    this.#show()
  }

  #actions() {
    return {
      toggle: () => this.#toggle(),
      back: () => this.#go(this.#clock.before),
      forward: () => this.#go(this.#clock.next),
      scrub: to => this.#scrub(to),
      settle: () => this.#settle(),
      tell: () => this.view.tellAgain(),
      speed: speed => {
        this.#clock.speed = speed
      },
      scale: () => this.#switchScale(),
    }
  }
}
