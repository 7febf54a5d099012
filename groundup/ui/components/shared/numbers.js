// Numbers as text, with the digits that Python writes, and as the ticks of an axis.

// The text of Python's `number` (groundup/engine/snapshot.py): `digits` significant digits, a real
// minus sign, NaN and ∞ by name.
export function format(x, digits = 4) {
  if (Number.isNaN(x)) return "NaN"
  const size = Math.abs(x)
  const text = size === Infinity ? "∞" : shortest(size, digits)
  return x < 0 ? `−${text}` : text
}

// A number of at least 0 as Python's "g" writes it.
function shortest(size, digits) {
  if (size === 0) return "0"
  const [mantissa, exponent] = toEven(size, digits).split("e")
  const power = Number(exponent)
  if (power >= -4 && power < digits) return stripped(plain(mantissa.replace(".", ""), power))
  const places = String(Math.abs(power)).padStart(2, "0")
  return `${stripped(mantissa)}e${power < 0 ? "-" : "+"}${places}`
}

// The figures of a mantissa, with the decimal point where the power of ten puts it.
function plain(figures, power) {
  if (power < 0) return `0.${"0".repeat(-power - 1)}${figures}`
  return `${figures.slice(0, power + 1)}.${figures.slice(power + 1)}`
}

const stripped = text => (text.includes(".") ? text.replace(/\.?0*$/, "") : text)

// Enough figures to tell half of the last one from nearly half.
const EXACT = 60

// `size` as "1.062e+0". JavaScript rounds a half up; Python, and this, to the even neighbour.
function toEven(size, digits) {
  const [mantissa, power] = size.toExponential(digits).split("e")
  const isHalf = mantissa.endsWith("5") && /^50*e/.test(size.toExponential(EXACT).slice(digits + 1))
  if (!isHalf || Number(mantissa.replace(".", "").at(-2)) % 2) return size.toExponential(digits - 1)
  return `${mantissa.slice(0, -1).replace(/\.$/, "")}e${power}`
}

// A share as Python's ".1%" writes it, with a space before the sign: "93.8 %".
export function percent(share) {
  if (!Number.isFinite(share)) return `${format(share)} %`
  return `${share < 0 ? "−" : ""}${oneDecimal(Math.abs(100 * share))} %`
}

function oneDecimal(size) {
  // Below 0.1 no number lies half way between two of one decimal; else all of its figures count.
  if (size < 0.1) return size.toFixed(1)
  return Number(toEven(size, Math.floor(Math.log10(size)) + 2)).toFixed(1)
}

// A norm in as few letters as fit over a bar: 0.058, 3e-5.
export function brief(norm, digits) {
  return norm < 0.001 ? toEven(norm, 1) : format(norm, digits)
}

export function finiteRange(values) {
  let low = Infinity
  let high = -Infinity
  for (const v of values) {
    if (!Number.isFinite(v)) continue
    if (v < low) low = v
    if (v > high) high = v
  }
  return low <= high ? [low, high] : [0, 1]
}

// About `count` round numbers (1, 2 or 5 times a power of ten) from low to high.
export function linearTicks(low, high, count) {
  const rough = (high - low) / count || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough)
  const ticks = []
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)))
  }
  return ticks
}

export function logTicks(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first + 1) / count))
  const ticks = []
  for (let p = first; p <= last; p += every) ticks.push(10 ** p)
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count).filter(t => t > 0)
}
