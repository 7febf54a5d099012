// The landscape under the race (bands of equal height, darker is lower), each racer's path so far,
// and where it is now. A click is a start.

const BANDS = 16

const MARKS = {
  circle: "M-4.6 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0 -9.2 0Z",
  square: "M-4.2 -4.2H4.2V4.2H-4.2Z",
  triangle: "M0 -5.6L5.4 4.2H-5.4Z",
  diamond: "M0 -6L6 0L0 6L-6 0Z",
  cross: "M-5.4 -1.9H-1.9V-5.4H1.9V-1.9H5.4V1.9H1.9V5.4H-1.9V1.9H-5.4Z",
}

function groundPanel(stack, scene, onPlace) {
  const [canvas, svg] = [stack.querySelector("canvas"), stack.querySelector("svg")]
  const [lowX, highX, lowY, highY] = scene.ground.view
  const [first, second] = scene.params
  const area = axes(
    svg, { low: lowX, high: highX, name: first }, { low: lowY, high: highY, name: second },
  )
  const { plot, px, py, box } = area
  paintBands(canvas, scene.ground, box)
  for (const [x, y] of scene.ground.minima) {
    node(plot, "path", { class: "lowest", d: `M${px(x) - 6} ${py(y)}h12M${px(x)} ${py(y) - 6}v12` })
  }
  const [startX, startY] = [px(scene.start[0]), py(scene.start[1])]
  node(plot, "circle", { class: "start", cx: startX, cy: startY, r: 6 })

  svg.onclick = event => {
    const frame = svg.getBoundingClientRect()
    const [right, down] = [event.clientX - frame.left, event.clientY - frame.top]
    const up = (box.bottom - down) / (box.bottom - box.top)
    if (up < 0 || up > 1 || right < box.left || right > box.right) return
    onPlace([area.toX(right), lowY + up * (highY - lowY)])
  }

  // A picture's width beyond the frame is far enough.
  const inX = v => near(px(v), box.left, box.right)
  const inY = v => near(py(v), box.bottom, box.top)
  const runs = scene.runs.map((run, i) => {
    const places = [`${startX.toFixed(1)},${startY.toFixed(1)}`]
    // A path that leaves for good is drawn to where it leaves, or it would cover all the others.
    const last = run.x.findLastIndex((x, n) => inX(x) === px(x) && inY(run.y[n]) === py(run.y[n]))
    for (let n = 0; n <= Math.min(last + 1, run.x.length - 1); n++) {
      if (!Number.isFinite(run.x[n]) || !Number.isFinite(run.y[n])) break
      places.push(`${inX(run.x[n]).toFixed(1)},${inY(run.y[n]).toFixed(1)}`)
    }
    return { ...outline(places), line: node(plot, "polyline", { class: `path run-${i}` }) }
  })
  // Where they are now stands over every path.
  runs.forEach((run, i) => {
    run.mark = node(plot, "path", { class: `mark run-${i}`, d: MARKS[scene.runs[i].marker] })
  })
  return states => {
    states.forEach(({ x, y, complete }, i) => {
      const run = runs[i]
      const known = Number.isFinite(x) && Number.isFinite(y) && complete < run.places.length
      run.mark.style.display = known ? "" : "none"
      const here = known ? `${inX(x).toFixed(1)},${inY(y).toFixed(1)}` : null
      const count = Math.min(complete + 1, run.places.length)
      run.line.setAttribute("points", upTo(run, count, here))
      if (known) run.mark.setAttribute("transform", `translate(${here.replace(",", " ")})`)
    })
  }
}

// Between two bands there is a line, as on a map.
function paintBands(canvas, { heights, side }, box) {
  const [width, height] = [Math.round(box.right - box.left), Math.round(box.bottom - box.top)]
  Object.assign(canvas.style, {
    left: `${box.left}px`, top: `${box.top}px`, width: `${width}px`, height: `${height}px`,
  })
  const [red, green, blue] = themeColour(canvas, "--fit")
  // Numbers that change leave the ground as it is.
  const painted = [red, green, blue, width, height, heights.join()].join()
  if (canvas.painted === painted) return
  canvas.painted = painted
  Object.assign(canvas, { width: 2 * width, height: 2 * height })
  const context = canvas.getContext("2d")
  const image = context.createImageData(canvas.width, canvas.height)
  let above = null
  for (let row = 0; row < canvas.height; row++) {
    const now = bandsOfRow(heights, side, (row / (canvas.height - 1)) * (side - 1), canvas.width)
    for (let column = 0; column < canvas.width; column++) {
      const band = now[column]
      const edge = band !== (above ?? now)[column] || (column && band !== now[column - 1])
      image.data.set([red, green, blue, edge ? 150 : 12 + (1 - band / BANDS) * 120], 4 * (row * canvas.width + column))
    }
    above = now
  }
  context.putImageData(image, 0, 0)
}

function bandsOfRow(heights, side, y, width) {
  const top = Math.min(Math.floor(y), side - 2)
  const [upper, lower] = [top * side, (top + 1) * side]
  return Uint8Array.from({ length: width }, (_, column) => {
    const x = (column / (width - 1)) * (side - 1)
    const left = Math.min(Math.floor(x), side - 2)
    const mix = at => heights[at + left] + (x - left) * (heights[at + left + 1] - heights[at + left])
    return Math.min(((mix(upper) + (y - top) * (mix(lower) - mix(upper))) / 65536) * BANDS, BANDS - 1)
  })
}

function themeColour(element, name) {
  const pen = document.createElement("canvas").getContext("2d")
  pen.fillStyle = getComputedStyle(element).getPropertyValue(name).trim() || "#0072b2"
  pen.fillRect(0, 0, 1, 1)
  return pen.getImageData(0, 0, 1, 1).data
}
