// One piece of a recording that grows. Full pieces never change, so they travel once; the player puts
// together what is here, and hears of what comes later.

export function mount({ data }) {
  globalThis.groundup ??= {}
  globalThis.groundup.chunks ??= new Map()
  globalThis.groundup.chunks.set(data.number, data)
  dispatchEvent(new Event("groundup:part"))
}
