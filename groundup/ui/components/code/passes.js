// The rows of the trace table: one for each pass of a loop, or for each statement.

export const EVERY = "every"

// The loops that ran, the one of the most passes first; each pass with its call and its moments:
// the first, the last, and the last of each line.
export function loopsOf(walk) {
  const found = new Map()
  for (let at = 0; at < walk.count; at++) {
    const moment = walk.moment(at)
    moment.passes.forEach(({ pass }, depth) => {
      note(loopOf(walk, found, pass, depth), pass, moment)
    })
  }
  const loops = [...found.values()]
  for (const loop of loops) loop.head = headOf(walk, loop)
  return loops.sort((a, b) => b.passes.size - a.passes.size || b.depth - a.depth)
}

function loopOf(walk, found, pass, depth) {
  const number = walk.wire.passes.loop[pass]
  const [line, target] = walk.wire.loops[number]
  if (!found.has(number)) {
    found.set(number, { number, line, target, depth, passes: new Map(), lines: new Set() })
  }
  return found.get(number)
}

function note({ passes, lines }, pass, { place, call, line }) {
  if (!passes.has(pass)) passes.set(pass, { call, first: place, lines: new Map() })
  const one = passes.get(pass)
  one.last = place
  if (call !== one.call) return
  lines.add(line)
  one.lines.set(line, place)
}

// Passes are counted from 0: they have the loop's name, unless that counts otherwise.
function headOf(walk, { line, target, passes }) {
  const firsts = [...passes.values()].map(({ first }) => first)
  const indices = [...passes.keys()].map(pass => walk.wire.passes.index[pass])
  let isOther = !target
  walk.sweep(firsts, (view, n) => {
    const held = view.names.get(walk.moment(firsts[n]).call.number)?.get(target)
    const [kind, text] = walk.wire.values[(held - 1) / 2] ?? []
    if (kind === "int" || kind === "float") isOther ||= Number(text) !== indices[n]
  })
  return isOther ? `pass (line ${line})` : target
}

// Whether the moments of `way` are there: every one, or of a loop's passes the end or a line, as
// in "0:end" and "0:39".
export function isWay(loops, way) {
  const [loop, moment] = parted(loops, way)
  return way === EVERY || Boolean(loop && (moment === "end" || loop.lines.has(Number(moment))))
}

function parted(loops, way) {
  const [number, moment] = way.split(":")
  return [loops.find(loop => String(loop.number) === number), moment]
}

// The names of the first columns, and the rows: each a place with its labels and the call whose
// names it tells, or what is said of passes that are not there.
export function rowsOf(walk, loops, way) {
  if (way === EVERY) return { heads: ["step", "line"], rows: statements(walk) }
  const [loop, moment] = parted(loops, way)
  const chains = [...loop.passes.keys()].map(pass => chain(walk, pass))
  const around = new Set(chains.flatMap(one => one.map(({ loop: number }) => number)))
  around.delete(loop.number)
  const levels = [...around, loop.number]
  const heads = new Map(loops.map(({ number, head }) => [number, head]))
  const rows = passes(walk, loop, moment, { chains, levels, heads })
  return { heads: levels.map(number => heads.get(number)), rows }
}

function statements(walk) {
  const rows = []
  for (let place = 0; place < walk.count; place++) {
    const { call, line, skipped } = walk.moment(place)
    if (skipped) rows.push({ said: `Not kept: ${skipped.toLocaleString("en")} statements` })
    rows.push({ place, call, labels: [place + 1, line] })
  }
  return rows
}

function passes(walk, loop, moment, { chains, levels, heads }) {
  const rows = []
  ;[...loop.passes].forEach(([pass, { call, last, lines }], n) => {
    rows.push(...missing(heads, chains[n - 1] ?? [], chains[n]))
    const place = moment === "end" ? last : lines.get(Number(moment))
    const index = new Map(chains[n].map(one => [one.loop, one.index]))
    const labels = levels.map(number => index.get(number) ?? "")
    if (place !== undefined) rows.push({ place, pass, call, labels })
  })
  if (!isCut(walk, chains.at(-1).at(-1).pass)) return rows
  // The row of an end that was not reached tells how far its pass came.
  if (moment === "end") rows.at(-1).isCut = true
  return [...rows, { said: "The recording ends in this pass" }]
}

const isCut = (walk, pass) =>
  walk.wire.end[0] !== "finished" &&
  chain(walk, walk.wire.moments.pass[walk.count - 1]).some(one => one.pass === pass)

// Where a row tells the pass that those with these numbers lead to; undefined if it is not kept.
export function placeOf(walk, loops, way, path) {
  const [loop, moment] = parted(loops, way)
  for (const [pass, { last, lines }] of loop.passes) {
    const indices = chain(walk, pass).map(({ index }) => index)
    if (String(indices) === String(path)) return lines.get(Number(moment)) ?? last
  }
}

// The passes that lead to a pass, its own last.
function chain(walk, pass) {
  const { loop, index, around } = walk.wire.passes
  const found = []
  for (let one = pass; one >= 0; one = around[one]) {
    found.unshift({ pass: one, loop: loop[one], index: index[one] })
  }
  return found
}

// What is said of the passes between two that are kept, one for each loop that leaves some out.
function missing(heads, before, now) {
  const rows = []
  const level = now.findIndex((one, at) => one.pass !== before[at]?.pass)
  for (let at = level; at < now.length; at++) {
    const isNext = at === level && before[at]?.loop === now[at].loop
    const from = isNext ? before[at].index + 1 : 0
    if (from < now[at].index) rows.push(gap(heads, now.slice(0, at + 1), from))
  }
  return rows
}

function gap(heads, path, from) {
  const { loop, index } = path.at(-1)
  const where = path.slice(0, -1).map(one => `${heads.get(one.loop)} ${one.index}, `)
  const range = from === index - 1 ? from : `${from} to ${index - 1}`
  return { said: `Not kept: ${where.join("")}${heads.get(loop)} ${range}`, isGap: true }
}

// The row that a place belongs to, or -1.
export function rowAt(walk, rows, place) {
  const around = new Set(chain(walk, walk.wire.moments.pass[place]).map(one => one.pass))
  return rows.findIndex(row =>
    row.pass === undefined ? row.place === place : around.has(row.pass),
  )
}
