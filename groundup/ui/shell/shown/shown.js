// In a low window, what is shown: picture and code, or one of them, and the settings above. Style
// sheets do it by what the page's root says, so no server is asked.

const WHICH = ["both", "picture", "code"]
// At most so wide, picture and code stand one above the other.
const NARROW = 640
const isNarrowFrame = () =>
  innerWidth <= NARROW && Boolean(document.querySelector(".view-embedded"))
const root = () => document.documentElement
let section = ""

export function mount({ parentElement, data }) {
  if (data.section !== section) {
    section = data.section
    root().dataset.shown = "both"
    delete root().dataset.settings
  }
  const button = name => parentElement.querySelector(`.${name}`)
  for (const name of WHICH) {
    button(`show-${name}`).onclick = () => {
      root().dataset.shown = name
      say(button)
    }
  }
  button("settings").onclick = () => {
    if ("settings" in root().dataset) delete root().dataset.settings
    else root().dataset.settings = "open"
    say(button)
  }
  const follow = () => say(button)
  follow()
  window.addEventListener("groundup:stand", follow)
  return () => window.removeEventListener("groundup:stand", follow)
}

function say(button) {
  const { shown, stand } = root().dataset
  const isOne = stand === "stacked" || isNarrowFrame()
  const now = shown === "both" && isOne ? "picture" : shown
  for (const name of WHICH) button(`show-${name}`).setAttribute("aria-pressed", name === now)
  button("settings").setAttribute("aria-expanded", "settings" in root().dataset)
}
