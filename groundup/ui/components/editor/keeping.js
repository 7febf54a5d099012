// The text in this browser: there after a reload, and sent to nobody.

// One for each app that this address may serve, by the folder that its pages lie in.
const nameOf = ({ pathname }) => `groundup-code:${pathname.replace(/[^/]*$/, "")}`

const codeIn = ({ search }) => new URLSearchParams(search).get("code") ?? ""

// A browser may forbid a page to keep anything: then it is asked in vain.
export function keep(text) {
  try {
    localStorage.setItem(nameOf(location), JSON.stringify({ text, code: codeIn(location) }))
  } catch {
    // Nothing is kept.
  }
}

// { text, isOwn }: what was kept, and whether it goes on here. It does not where a link brings
// another text than the one with which the kept one began.
export function keptText() {
  try {
    const { text, code } = JSON.parse(localStorage.getItem(nameOf(location)))
    const linked = codeIn(location)
    return typeof text === "string" ? { text, isOwn: !linked || linked === code } : null
  } catch {
    return null
  }
}
