// One piece of a film that grows. Full pieces never change, so they travel once; the player puts
// together what is here, and hears of what comes later.

export function mount({ data }) {
  globalThis.groundup ??= {}
  globalThis.groundup.reels ??= new Map()
  globalThis.groundup.reels.set(data.number, data)
  dispatchEvent(new Event("groundup:part"))
}
