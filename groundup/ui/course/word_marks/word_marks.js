// Marks the words of the glossary in the page's prose: pointed at or tapped, a word says what it
// means. For the keyboard the same words stand in a list, behind a button and the key "?".

import { make } from "../../components/shared/elements.js"
import { isShortcut, isTyping } from "../../components/shared/keyboard.js"
import { Card, sayings } from "./card.js"
import { Marks } from "./marks.js"
import { Pointer } from "./pointer.js"

const mounted = new WeakMap()

export function mount({ parentElement, data, setTriggerValue }) {
  if (!("highlights" in CSS)) return
  if (!mounted.has(parentElement)) mounted.set(parentElement, new Glossary(parentElement, data))
  const glossary = mounted.get(parentElement)
  glossary.tell = word => setTriggerValue("go", word.id)
  glossary.marks.show(data.on)
  return () => {
    glossary.end()
    mounted.delete(parentElement)
  }
}

class Glossary {
  constructor(root, { words }) {
    const go = word => this.go(word)
    this.dialog = root.querySelector("dialog")
    this.list = root.querySelector("dl")
    this.marks = new Marks(words)
    this.pointer = new Pointer(this.marks, new Card(root.querySelector(".card")), go)
    root.querySelector(".open").onclick = () => this.open()
    root.querySelector(".close").onclick = () => this.dialog.close()
    this.dialog.onclick = event => event.target === this.dialog && this.dialog.close()
    this.heard = event => this.key(event)
    document.addEventListener("keydown", this.heard)
  }

  key(event) {
    const [target] = event.composedPath()
    if (event.key === "?" && !isShortcut(event) && !isTyping(target)) this.open()
  }

  open() {
    this.marks.read()
    this.pointer.close()
    const words = this.marks.words().sort((a, b) => a.term.localeCompare(b.term))
    this.list.replaceChildren(...words.map(word => this.entry(word)))
    this.dialog.classList.toggle("none", !words.length)
    if (!this.dialog.open) this.dialog.showModal()
  }

  entry(word) {
    const entry = make("div")
    const [term, meaning, link] = sayings(word, one => this.go(one))
    entry.append(make("dt"), make("dd"))
    entry.firstChild.append(term)
    entry.lastChild.append(meaning, " ", link)
    return entry
  }

  go(word) {
    this.pointer.close()
    this.dialog.close()
    this.tell(word)
  }

  end() {
    document.removeEventListener("keydown", this.heard)
    this.pointer.end()
    this.marks.end()
  }
}
