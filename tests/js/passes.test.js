import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { PassForm } from "../../groundup/ui/components/code/passform.js"
import { columnsOf, csvOf, firstChoice } from "../../groundup/ui/components/code/columns.js"
import { isWay, loopsOf, rowAt, rowsOf } from "../../groundup/ui/components/code/passes.js"
import { titleOf } from "../../groundup/ui/components/code/passrows.js"
import { walkOf } from "../../groundup/ui/components/code/trace.js"
import { toLine } from "../../groundup/ui/components/code/ways.js"

const file = process.env.GROUNDUP_WALKS
const skip = file ? false : "the recordings are made by tests/ui/test_javascript.py"
const recordings = file ? JSON.parse(readFileSync(file, "utf8")) : []
const [loop, model, long, nested] = recordings.map(({ wire }) => walkOf(wire))

// The table of a way, and what a reader sees of it.
function table(walk, way, names) {
  const loops = loopsOf(walk)
  const { heads, rows } = rowsOf(walk, loops, way)
  const columns = columnsOf(walk, rows, heads)
  const wanted = names ?? firstChoice(columns, loops.length > 0)
  const on = columns.filter(({ name }) => wanted.includes(name))
  const kept = rows.filter(row => row.place !== undefined)
  const shown = kept.map(({ labels }, n) => [...labels, ...on.map(one => one.cells[n]?.shown)])
  return { loops, heads, rows, columns, kept, shown, on, csv: csvOf(heads, rows, on) }
}

// The line of the loop that gives both parameters their gradients.
const backward = () => loop.moment(loop.wire.moments.changes.indexOf(2)).line

test("a row tells the end of a pass, of what is small and changes from pass to pass", {
  skip,
}, () => {
  const { heads, on, shown } = table(loop, "0:end")
  assert.deepEqual([...heads, ...on.map(({ name }) => name)], ["epoch", "w", "b", "loss"])
  assert.deepEqual(shown[0], [0, "−0.2954", "0.2318", "11.72"])
  assert.equal(shown.length, 3)
})

test("at a line it tells what is there then: a gradient before it is cleared", { skip }, () => {
  const line = backward()
  const { on, shown, kept } = table(loop, `0:${line}`)
  assert.deepEqual(
    on.map(({ name }) => name),
    ["w", "w.grad", "b", "b.grad", "loss"],
  )
  assert.deepEqual(shown[0], [0, "−1", "−7.046", "0", "−2.318", "11.72"])
  assert.ok(kept.every(({ place }) => loop.moment(place).line === line))
  // The line of print runs in one pass of ten.
  const last = Math.max(...loopsOf(loop)[0].lines)
  assert.equal(table(loop, `0:${last}`).kept.length, 1)
  assert.ok(!isWay(loopsOf(loop), "0:10000") && !isWay(loopsOf(loop), "7:end"))
})

test("every statement is a row, inside a call with the names of the call", { skip }, () => {
  const { rows, columns, heads } = table(model, "every")
  assert.deepEqual([heads, rows.length], [["step", "line"], model.count])
  const inside = model.wire.moments.kinds.returned[0]
  const x = columns.find(({ name }) => name === "x")
  assert.match(x.cells[inside].shown, / to /)
  assert.equal(x.cells[toLine(model, inside, 48)], null)
  assert.equal(rowAt(model, rows, inside), inside)
})

test("a parameter that has two names has one column at first", { skip }, () => {
  const { on, columns } = table(model, "0:end")
  assert.deepEqual(
    on.map(({ name }) => name),
    ["w", "w.grad", "b", "b.grad", "loss"],
  )
  assert.ok(columns.some(({ name }) => name === "model.linear.weight"))
})

test("what is not kept is said between the rows, and adds up to all passes", { skip }, () => {
  const { rows, kept } = table(long, "0:end")
  let missing = 0
  for (const { said } of rows.filter(row => row.said)) {
    const [from, to] = said.match(/^Not kept: epoch (\d+)(?: to (\d+))?$/).slice(1)
    missing += Number(to ?? from) - Number(from) + 1
  }
  assert.equal(kept.length + missing, 300)
  assert.ok(table(long, "every").rows.some(({ said }) => /^Not kept: \d+ statements$/.test(said)))
})

test("a loop within a loop has both in front, and the file says what plain Python does", {
  skip,
}, () => {
  const names = ["total", "count", "epoch", "weights"]
  const { loops, heads, rows, csv } = table(nested, "1:end", names)
  assert.equal(titleOf(loops, "1:end"), "At the end of each pass of the loop at line 5")
  // The name epoch counts from 1, and batch is a tensor: passes are counted from 0.
  assert.deepEqual(heads, ["pass (line 4)", "batch"])
  const [head, ...lines] = csv.trimEnd().split("\r\n")
  const total = '"total[0, 0]","total[0, 1]","total[1, 0]","total[1, 1]"'
  assert.equal(head, `${heads},${total},count,weights.min(),weights.max(),epoch`)
  const plain = new Map(recordings[3].rows.map(row => [String(row.slice(0, 2)), row]))
  for (const line of lines) {
    const cells = line.split(",").map(Number)
    assert.deepEqual(cells.splice(7, 2), [0, 39])
    assert.deepEqual(cells, plain.get(String(cells.slice(0, 2))))
  }
  const missing = rows.filter(({ said }) => /^Not kept: pass \(line 4\) \d+/.test(said))
  assert.ok(missing.length > 0 && lines.length % 3 === 0 && lines.length < plain.size)
})

test("a run that fails has the pass in which it does, and says so", { skip }, () => {
  const failed = structuredClone(recordings[0].wire)
  const columns = ["line", "call", "pass", "bindings", "changes"].map(name => failed.moments[name])
  const after = failed.moments.line.lastIndexOf(backward()) + 1
  for (const column of columns) column.splice(after)
  failed.end = ["failed", "Line 39 raised."]
  const { rows, on } = table(walkOf(failed), "0:end")
  assert.deepEqual(rows.at(-1), { said: "The recording ends in this pass" })
  assert.equal(rows.length, 4)
  // The gradient that is not cleared yet is not what the ends of passes tell apart.
  assert.deepEqual([on.map(({ name }) => name), on[0].cells.length], [["w", "b", "loss"], 3])
})

test("a pass is gone to, or asked for; where none comes it is said", { skip }, () => {
  const [gone, asked, said] = [[], [], {}]
  const form = { addEventListener() {}, querySelector: () => said }
  const asking = new PassForm(
    form,
    place => gone.push(place),
    one => asked.push(one),
  )
  asking.shown = { walk: nested, way: "1:end", loops: loopsOf(nested) }
  const sent = around => ({ asked: around })
  asking.heard(sent(null))
  asking.submit(["39", "2"])
  assert.deepEqual(
    nested.moment(gone[0]).passes.map(({ index }) => index),
    [39, 2],
  )
  asking.submit(["11", "7"])
  asking.heard(sent([5, 2, 1]))
  assert.deepEqual([asked, said.textContent], [[[5, 11, 7]], "The text runs again."])
  asking.heard(sent([5, 11, 7]))
  assert.equal(said.textContent, "This run has no such pass.")
  assert.equal(gone.length, 1)
  asking.wanted = [5, 39, 1]
  asking.heard(sent([5, 39, 1]))
  assert.deepEqual([said.textContent, gone.length], ["", 2])
})
