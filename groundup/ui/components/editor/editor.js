// A Python text to be typed: a plain text field over the same letters in colours.

import { coloured } from "./colouring.js"
import { gapsOf, named, openLines } from "./gaps.js"
import { Past } from "./past.js"
import { keep, keptText } from "./keeping.js"
import { rowOf } from "./rows.js"
import { pickBlank, selectGap, toGap } from "./selecting.js"
import { backspace, backTab, comment, enter, tab } from "./typing.js"

const QUIET = 700 // milliseconds after the last key until the page is told
const NO_MARKS = []

// What stands in each editor, by its key: another page, or the steps, take the editor away.
const memory = new Map()
const editors = new WeakMap()

export function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  if (!editors.has(parentElement)) editors.set(parentElement, new Editor(parentElement))
  const editor = editors.get(parentElement)
  editor.tell = said => setStateValue("text", said)
  editor.press = (name, said) => setTriggerValue(name, said)
  editor.take(data)
  return () => editor.end()
}

class Editor {
  #timer = 0
  #drawn = []
  #leaves = false

  constructor(root) {
    this.find = name => root.querySelector(name)
    this.field = this.find("textarea")
    const { field } = this
    field.addEventListener("keydown", event => this.#key(event))
    field.addEventListener("beforeinput", event => this.#before(event))
    field.addEventListener("input", () => this.#typed())
    field.addEventListener("blur", () => this.#tellNow())
    this.find(".run").onclick = () => this.#run()
    this.find(".steps").onclick = () => this.press("steps", true)
    this.find(".undo").onclick = () => this.#back("undo")
    this.find(".redo").onclick = () => this.#back("redo")
    this.find(".clear").onclick = () => this.#set({ text: this.data.start ?? "", start: 0, end: 0 })
    field.addEventListener("focus", () => toGap(field, this.data))
    field.addEventListener("click", () => pickBlank(field, this.data))
  }

  // Takes up what was sent: a text under a new order takes the place of what stands here.
  take(data) {
    this.data = data
    this.find(".editor").style.setProperty("--height", data.height)
    this.field.maxLength = data.most
    this.field.readOnly = data.readsOnly
    this.#name(data)
    const known = memory.get(data.key)
    if (known?.session !== data.session) this.#begin(data)
    else if (known.order !== data.order) this.#obey(known, data)
    if (this.field.value !== this.held.text) this.field.value = this.held.text
    this.#draw()
    this.#lookAtMark()
  }

  // A text to be completed has another first button, and begins again with what was given.
  #name({ readsOnly, steps, run, start }) {
    for (const name of [".undo", ".redo", ".clear"]) this.find(name).hidden = readsOnly
    this.find(".editor").classList.toggle("completing", start !== null)
    if (start !== null) this.find(".redo").hidden = true
    this.find(".clear").textContent = start === null ? "Clear" : "Start again"
    this.find(".steps").hidden = !steps
    this.find(".run span").textContent = run
  }

  end() {
    this.#tellNow()
  }

  get held() {
    return memory.get(this.data.key)
  }

  #begin({ key, session, order, text, keeps }) {
    const past = memory.get(key)?.past ?? new Past()
    const held = { session, order, text, start: 0, end: 0, past, told: text }
    memory.set(key, held)
    const before = keeps ? keptText() : null
    if (!before || before.text === text) return
    past.note({ text: before.isOwn ? text : before.text, start: 0, end: 0 })
    if (!before.isOwn) return
    held.text = before.text
    this.#tellSoon()
  }

  #obey(known, { order, text, keeps }) {
    if (known.text !== text) known.past.note(placeOf(known))
    Object.assign(known, { order, text, told: text, start: 0, end: 0 })
    if (keeps) keep(text)
  }

  #key(event) {
    if (event.isComposing) return
    const name = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + event.key
    const act = this.#leaves && event.key === "Tab" ? null : this.#acts(name, event.shiftKey)
    this.#leaves = event.key === "Escape" || (this.#leaves && event.key === "Shift")
    // The page's players have keys of their own, which are not meant by who types.
    event.stopPropagation()
    if (act?.() !== false && act) event.preventDefault()
  }

  #acts(name, shift) {
    return {
      Tab: () => this.#change(shift ? backTab : tab),
      Enter: () => this.#change(enter),
      Backspace: () => this.#change(backspace),
      "Ctrl+Enter": () => this.#run(),
      "Ctrl+a": () => selectGap(this.field, this.data),
      "Ctrl+/": () => this.#change(comment),
      "Ctrl+z": () => this.#back(shift ? "redo" : "undo"),
      "Ctrl+Z": () => this.#back("redo"),
      "Ctrl+y": () => this.#back("redo"),
    }[name]
  }

  // A phone's own undo knows nothing of texts that the page wrote.
  #before(event) {
    this.caret = [this.field.selectionStart, this.field.selectionEnd]
    const way = { historyUndo: "undo", historyRedo: "redo" }[event.inputType]
    if (!way) return
    event.preventDefault()
    this.#back(way)
  }

  #change(how) {
    const { value, selectionStart, selectionEnd } = this.field
    if (this.data.readsOnly) return false
    const made = how({ text: value, start: selectionStart, end: selectionEnd })
    if (made === null || made.text.length > this.data.most) return false
    this.#set(made)
  }

  #back(way) {
    const found = this.data.readsOnly ? null : this.held.past[way](placeOf(this.held))
    if (found) this.#put(found)
  }

  #set(made) {
    if (!this.#allows(made.text)) return
    if (made.text !== this.held.text) this.held.past.note(placeOf(this.held))
    this.#put(made)
  }

  #put({ text, start, end }) {
    this.field.value = text
    this.field.setSelectionRange(start, end)
    this.field.focus({ preventScroll: true })
    Object.assign(this.held, { text, start, end })
    this.#changed()
  }

  // Whether all that was given is still there; what is refused is said.
  #allows(text) {
    const isAllowed = gapsOf(this.data.locked, text) !== null
    const lines = this.#ownLines(openLines(this.data.locked, this.held.text)).toLowerCase()
    this.find(".refusal").textContent = isAllowed ? "" : `Only ${lines} can be changed (✎).`
    return isAllowed
  }

  #typed() {
    const { value: text, selectionStart: start, selectionEnd: end } = this.field
    if (!this.#allows(text)) {
      this.field.value = this.held.text
      this.field.setSelectionRange(...(this.caret ?? [this.held.start, this.held.end]))
      return
    }
    this.held.past.note(placeOf(this.held), true)
    Object.assign(this.held, { text, start, end })
    this.#changed()
  }

  #changed() {
    if (this.data.keeps) keep(this.held.text)
    this.#draw()
    this.#tellSoon()
  }

  #tellSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tellNow(), QUIET)
  }

  #tellNow() {
    clearTimeout(this.#timer)
    const { order, text, told } = this.held
    if (text === told) return
    this.held.told = text
    this.tell({ order, text })
  }

  #run() {
    clearTimeout(this.#timer)
    const { order, text } = this.held
    this.held.told = text
    this.press("run", { order, text })
  }

  // Marks are of the text that was sent; who has typed since sees none.
  get #marks() {
    return this.held.text === this.data.text ? this.data.marks : NO_MARKS
  }

  #draw() {
    const lines = coloured(this.held.text)
    const open = this.data.locked.length ? openLines(this.data.locked, this.held.text) : []
    const [before, after] = this.data.aside
    const shown = n => (n < before || n >= lines.length - after ? "" : n + 1 - before)
    const rows = lines.map((pieces, n) =>
      rowOf(pieces, n + 1, this.#marks, { isOpen: open[n], shown: shown(n) }),
    )
    const list = this.find(".drawn")
    // Only the rows that look otherwise are made anew: a long text is typed as quickly as a short one.
    rows.forEach((row, n) => {
      if (this.#drawn[n] === row.name) return
      if (n < list.children.length) list.children[n].replaceWith(row.made())
      else list.append(row.made())
    })
    while (list.children.length > rows.length) list.lastChild.remove()
    this.#drawn = rows.map(row => row.name)
    // The line after the last line break is none yet.
    this.#drawHead(lines.length - (lines.length > 1 && !lines.at(-1).length), open)
  }

  #ownLines(open) {
    return named(open, this.data.aside[0])
  }

  #drawHead(count, open) {
    const { past, text } = this.held
    const lines = `${count} ${count === 1 ? "line" : "lines"}`
    this.find(".lines-count").textContent = open.length ? this.#ownLines(open) : lines
    this.find(".run").classList.toggle("primary", !(this.data.done && text === this.data.text))
    this.find(".undo").disabled = !past.before.length
    this.find(".redo").disabled = !past.after.length
    this.find(".clear").disabled = text === (this.data.start ?? "")
    this.find("#groundup-editor-marks").textContent = this.#marks.map(one => one.said).join(" ")
    this.field.toggleAttribute("aria-invalid", this.#marks.length > 0)
  }

  // The first mark is brought in sight once; without one, the first line that may be changed.
  #lookAtMark() {
    const { locked, marks } = this.data
    const name = JSON.stringify([locked, marks])
    const line = this.#marks[0]?.line ?? openLines(locked, this.held.text).indexOf(true) + 1
    if (name === this.looked || !(this.#marks.length || locked.length)) return
    this.looked = name
    const row = this.find(".drawn").children[line - 1]
    const box = this.find(".text")
    const top = (row?.offsetTop ?? 0) - box.offsetTop
    const isSeen = top >= box.scrollTop && top < box.scrollTop + box.clientHeight - 40
    if (!isSeen) box.scrollTop = Math.max(0, top - box.clientHeight * 0.3)
  }
}

const placeOf = ({ text, start, end }) => ({ text, start, end })
