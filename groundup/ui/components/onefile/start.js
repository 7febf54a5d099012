// A page that plays without a server: each part is mounted in a place of its own.

const main = document.querySelector("main")
const switches = document.querySelector("nav")

async function unpackedParts() {
  const letters = atob(document.querySelector("#parts").textContent)
  const bytes = Uint8Array.from(letters, letter => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))
  return JSON.parse(await new Response(stream).text())
}

// Mounts a part; one without a label is not to be seen, and tells the others what they wait for.
function placed({ label, html, css, name, data }) {
  if (!label) return mounted(name, document.createElement("div"), data)
  const place = document.createElement("div")
  place.className = "part"
  place.setAttribute("aria-label", label)
  place.setAttribute("role", "region")
  const root = place.attachShadow({ mode: "open" })
  root.innerHTML = `<style>${css}</style>${html}`
  main.append(place)
  mounted(name, root, data)
  switches.append(switchTo(place, label))
}

const mounted = (name, parentElement, data) =>
  globalThis.groundup[name]({ parentElement, data, setStateValue() {}, setTriggerValue() {} })

function switchTo(place, label) {
  const button = document.createElement("button")
  button.textContent = label
  button.onclick = () => show(place, button)
  return button
}

function show(place, button) {
  for (const one of main.children) one.classList.toggle("shown", one === place)
  for (const one of switches.children) one.setAttribute("aria-pressed", String(one === button))
  dispatchEvent(new Event("resize"))
}

unpackedParts().then(parts => {
  for (const part of parts) placed(part)
  const count = switches.children.length
  main.className = count > 1 ? "several" : "one"
  switches.hidden = count < 2
  show(main.querySelector(".part"), switches.firstChild)
})
