// Where the parts of the block are drawn: rows from the top to the bottom, a column for each token.

export const WIDTH = 498
export const HEIGHT = 470
export const LEFT = 104
export const RIGHT = 444
export const RAIL = 466

export const ROWS = {
  x: { top: 6, height: 26, name: "x" },
  norm1: { top: 48, height: 24, name: "norm1" },
  attention: { top: 86, height: 112, name: "attention" },
  plus1: { top: 214, height: 24, name: "+ x" },
  norm2: { top: 252, height: 24, name: "norm2" },
  layer1: { top: 298, height: 26, name: "layer1" },
  activation: { top: 334, height: 26, name: "GELU" },
  layer2: { top: 370, height: 26, name: "layer2" },
  plus2: { top: 412, height: 24, name: "+ x" },
  out: { top: 440, height: 26, name: "output" },
}
export const NETWORK = { top: 288, bottom: 406, name: "ffn" }

export const column = (token, tokens) => LEFT + ((RIGHT - LEFT) * (token + 0.5)) / tokens

export const middle = ({ top, height }) => top + height / 2

// Straight ways down a column, from the foot of one row to the head of the next: [from, to].
const DOWN = [
  "x",
  "norm1",
  "attention",
  "plus1",
  "norm2",
  "layer1",
  "activation",
  "layer2",
  "plus2",
]
export const gaps = DOWN.map((name, n) => {
  const next = [...DOWN, "out"][n + 1]
  return { name, from: ROWS[name].top + ROWS[name].height, to: ROWS[next].top }
})

// How an arrow of attention is drawn from one token to another: the more is taken in, the broader.
export const breadth = weight => 0.6 + 5 * weight
