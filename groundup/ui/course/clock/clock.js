// A teacher's clock over a plan: minutes used and left, of the moment and of the whole. It runs in
// this browser alone, from a press on; a reload finds it as it was.

import { begun, told } from "./telling.js"

const nameOf = plan => `groundup-clock:${plan}`

export function mount({ parentElement, data }) {
  const part = name => parentElement.querySelector(name)
  // A beat that was begun in an earlier moment tells of the present one, too.
  part(".clock").told = data
  const show = () => part(".clock") && draw(part, part(".clock").told)
  part(".start").onclick = () => {
    keep(data.plan, part(".start").matches(".runs") ? {} : { [data.at]: Date.now() })
    show()
  }
  const kept = stored(data.plan)
  if (Object.keys(kept).length) keep(data.plan, begun(kept, data.at, Date.now()))
  show()
  const beat = setInterval(show, 1000)
  return () => clearInterval(beat)
}

function draw(part, { plan, at, minutes }) {
  const kept = stored(plan)
  const runs = Object.keys(kept).length > 0
  part(".start").textContent = runs ? "Clear the clock" : "Start the clock"
  part(".start").classList.toggle("runs", runs)
  const { moment, whole, pace } = told(kept, at, minutes, Date.now())
  part(".moment").textContent = moment
  part(".whole").textContent = whole
  part(".pace").textContent = pace
}

function stored(plan) {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(plan))) ?? {}
  } catch {
    return {}
  }
}

// A browser that keeps nothing has a clock for as long as the page stands.
function keep(plan, kept) {
  try {
    sessionStorage.setItem(nameOf(plan), JSON.stringify(kept))
  } catch {}
}
