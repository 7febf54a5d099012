// What another page holds to show this one within itself. The address is read when it is asked for:
// a control that is moved changes the address, and draws nothing here.

import { frameOf } from "./frame.js"

export function mount({ parentElement }) {
  const find = name => parentElement.querySelector(name)
  // Until this stands, a press would do nothing: the html comes before the code.
  find("button").disabled = false
  find("button").onclick = async () => {
    const text = frameOf(location.href, document.title)
    find("textarea").value = text
    find("label").hidden = false
    find("p").textContent = (await isCopied(text)) ? "Copied." : "Copy it from the field."
  }
}

async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false // a browser may forbid it, and has no clipboard for a page without https
  }
}
