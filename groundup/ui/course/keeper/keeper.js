// Keeps what the learner did, in this browser alone. `data` is { text, includes }: what the server
// knows now, and which text of this browser's that includes. Other tabs write here too: what they
// wrote goes to the server, which sends back both together.

import { sayUnasked } from "../../components/shared/leaving.js"

// One for each app that this address may serve, by the folder that its pages lie in.
const nameOf = ({ pathname }) => `groundup-progress:${pathname.replace(/[^/]*$/, "")}`

const LONGEST = 20_000

// A text that may have been written here: anything else counts as none.
const isFit = text => text.length <= LONGEST && /^[\x20-\x7e]*$/.test(text)

// "write", "ask" the server to take up what is stored, or "rest".
export function decide(stored, { text, includes }, written) {
  if (stored === text || (stored === null && text === "")) return "rest"
  const isKnown = stored === null || stored === written || stored === includes
  return isKnown || !isFit(stored) ? "write" : "ask"
}

export function mount({ data, setTriggerValue }) {
  globalThis.groundup ??= {}
  globalThis.groundup.keeper ??= beginning()
  const here = globalThis.groundup.keeper
  Object.assign(here, { data, say: said => sayUnasked(() => setTriggerValue("kept", said)) })
  settle(here)
  return () => Object.assign(here, { data: null })
}

// Another tab may have written while this one was out of sight.
function beginning() {
  const here = { data: null, written: null, isRefused: false }
  document.addEventListener("visibilitychange", () => !document.hidden && settle(here))
  return here
}

// A browser may forbid a page to keep anything: that is told once.
function settle(here) {
  if (!here.data || here.isRefused) return
  try {
    act(here)
  } catch {
    here.isRefused = true
    here.say(false)
  }
}

function act(here) {
  const name = nameOf(location)
  const stored = localStorage.getItem(name)
  const what = decide(stored, here.data, here.written)
  if (what === "ask") here.say(stored)
  if (what !== "write") return
  localStorage.setItem(name, here.data.text)
  here.written = here.data.text
}
