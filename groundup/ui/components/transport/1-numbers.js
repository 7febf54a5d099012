// Numbers as text and as ticks.

// The same digits as Python's f"{x:.4g}", with a real minus sign and NaN and ∞ by name.
function format(x, digits = 4) {
  if (Number.isNaN(x)) return "NaN"
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞"
  if (x === 0) return "0"
  const [mantissa, exponent] = Math.abs(x).toExponential(digits - 1).split("e")
  const power = Number(exponent)
  const strip = text => (text.includes(".") ? text.replace(/\.?0+$/, "") : text)
  const size = String(Math.abs(power)).padStart(2, "0")
  const text =
    power < -4 || power >= digits
      ? `${strip(mantissa)}e${power < 0 ? "-" : "+"}${size}`
      : strip(Math.abs(x).toFixed(digits - 1 - power))
  return x < 0 ? `−${text}` : text
}

// Numbers arrive as the bytes of float32s, in base64.
function unpacked(text) {
  return new Float32Array(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer)
}

function finiteRange(values) {
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
function linearTicks(low, high, count) {
  const rough = (high - low) / count || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough)
  const ticks = []
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)))
  }
  return ticks
}

function logTicks(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first + 1) / count))
  const ticks = []
  for (let p = first; p <= last; p += every) ticks.push(10 ** p)
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count).filter(t => t > 0)
}
