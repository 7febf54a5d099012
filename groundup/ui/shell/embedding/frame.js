const WIDTH = 900
const HEIGHT = 600

/** An `<iframe>` that shows `address` without path and questions. */
export function frameOf(address, title) {
  const shown = new URL(address)
  shown.searchParams.set("embed", "true")
  const [source, name] = [shown.href, title].map(quoted)
  return `<iframe src="${source}" title="${name}" width="${WIDTH}" height="${HEIGHT}" allow="fullscreen"></iframe>`
}

function quoted(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
}
