// What Python sends as base64: the bytes of many numbers of one kind, lowest byte first.

export function bytes(text) {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
}

export const floats = text => new Float32Array(bytes(text).buffer)

export const shorts = text => new Uint16Array(bytes(text).buffer)

// The columns of a table, each by its name.
export function columnsOf(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, floats(text)]))
}

// Several pieces of one column, end to end.
export function joined(arrays) {
  const whole = new Float32Array(arrays.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of arrays) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}
