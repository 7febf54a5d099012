// The editor's own functions: what keys do, colours, and what was there before.

import assert from "node:assert/strict"
import { test } from "node:test"
import { coloured, underlined } from "../../groundup/ui/components/editor/colouring.js"
import { Past } from "../../groundup/ui/components/editor/past.js"
import {
  backspace,
  backTab,
  comment,
  enter,
  tab,
} from "../../groundup/ui/components/editor/typing.js"

// "a|b" is a caret between a and b; "a[b]c" has b selected.
function read(shown) {
  const start = shown.search(/[|[]/)
  const end = shown.includes("|") ? start : shown.indexOf("]") - 1
  return { text: shown.replace(/[|[\]]/g, ""), start, end }
}

function written(held) {
  if (held === null) return null
  const { text, start, end } = held
  const inside = start === end ? "|" : `[${text.slice(start, end)}]`
  return text.slice(0, start) + inside + text.slice(end)
}

const cases = [
  [tab, "|x", "    |x"],
  [tab, "ab|", "ab  |"],
  [tab, "    |", "        |"],
  [tab, "if x:\n[a\nb]\nc", "if x:\n    [a\n    b]\nc"],
  [tab, "[a\n\nb\n]c", "    [a\n\n    b\n]c"],
  [backTab, "        x|", "    x|"],
  [backTab, "  x|", "x|"],
  [backTab, "[    a\n  b\nc]", "[a\nb\nc]"],
  [enter, "for i in x:|", "for i in x:\n    |"],
  [enter, "    for i in x:  # why|", "    for i in x:  # why\n        |"],
  [enter, "    x = 1|", "    x = 1\n    |"],
  [enter, "    return x|", "    return x\n|"],
  [enter, "returned = 1|", "returned = 1\n|"],
  [enter, "a|b", "a\n|b"],
  [enter, "x = {1: 2}|", "x = {1: 2}\n|"],
  [backspace, "        |x", "    |x"],
  [backspace, "      |x", "    |x"],
  [backspace, "  |", "|"],
  [backspace, "a    |", null],
  [backspace, "[  ]", null],
  [backspace, "x\n|", null],
  [comment, "x|", "# x|"],
  [comment, "[x\n    y]", "# [x\n    # y]"],
  [comment, "# [x\n# y]", "[x\ny]"],
  [comment, "[# x\ny]", "[# # x\n# y]"],
]

for (const [how, before, after] of cases) {
  test(`${how.name} makes ${JSON.stringify(before)} ${JSON.stringify(after)}`, () => {
    const made = written(how(read(before)))
    // A selection that begins where a line does takes the new letters in or not: either is right.
    const plain = shown => shown?.replace(/[[\]]/g, "") ?? null
    assert.equal(plain(made), plain(after))
  })
}

test("the pieces of every line, joined, are the text, whatever it is", () => {
  const texts = [
    "",
    "\n",
    "x = 'open\ny = 1",
    '"""a\nb"""\nc',
    "'''never closed\n# not a comment",
    "f'{x}' + rb'\\'' # é ☃ 💥",
    "1e-5 + 0x1F + 1_000 + .5",
    "\tx\u00a0= “y”",
  ]
  for (const text of texts) {
    const joined = coloured(text).map(pieces => pieces.map(([, part]) => part).join(""))
    assert.equal(joined.join("\n"), text)
  }
})

test("colours are of the right kinds, and one string may span lines", () => {
  const kinds = text => coloured(text).map(line => line.map(([kind, part]) => `${kind}:${part}`))
  assert.deepEqual(kinds('for i in range(10):  # "no"'), [
    ["keyword:for", ": i ", "keyword:in", ": ", "builtin:range", ":(", "number-literal:10"].concat([
      ":):  ",
      'comment:# "no"',
    ]),
  ])
  assert.deepEqual(kinds('x = r\'#\' + """a\nb""" + c2'), [
    [":x = ", "string:r'#'", ": + ", 'string:"""a'],
    ['string:b"""', ": + c2"],
  ])
  assert.deepEqual(kinds("1e-5-x"), [["number-literal:1e-5", ":-x"]])
})

test("a mark underlines its columns and nothing else", () => {
  const parts = underlined(
    [
      ["", "p = "],
      ["", "np.exp(x)"],
    ],
    [[4, 10]],
  )
  assert.deepEqual(parts, [
    ["", "p = ", false],
    ["", "np.exp", true],
    ["", "(x)", false],
  ])
})

const at = text => ({ text, start: 0, end: 0 })

test("what is typed without a pause is undone at once, and comes back", () => {
  const past = new Past()
  past.note(at(""), true, 0)
  past.note(at("a"), true, 100)
  past.note(at("ab"), true, 5000)
  assert.equal(past.undo(at("abc")).text, "ab")
  assert.equal(past.undo(at("ab")).text, "")
  assert.equal(past.undo(at("")), null)
  assert.equal(past.redo(at("")).text, "ab")
  assert.equal(past.redo(at("ab")).text, "abc")
})

test("a text that was put in another's place is undone by itself", () => {
  const past = new Past()
  past.note(at("mine"), true, 0)
  past.note(at("mine!"), false, 10)
  assert.equal(past.undo(at("an example")).text, "mine!")
  assert.equal(past.undo(at("mine!")).text, "mine")
})

test("what was undone is gone once something else is typed", () => {
  const past = new Past()
  past.note(at(""), true, 0)
  past.undo(at("a"))
  past.note(at(""), true, 5000)
  assert.equal(past.redo(at("b")), null)
})

test("no more than two hundred texts are kept", () => {
  const past = new Past()
  for (let n = 0; n < 500; n++) past.note(at(String(n)))
  assert.equal(past.before.length, 200)
})
