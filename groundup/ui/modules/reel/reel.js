// One piece of a film that grows. Full pieces never change, so they travel once; the player puts
// together what is here, and hears of what comes later.

export default function ({ data }) {
  const groundup = (globalThis.groundup ??= {})
  const reels = (groundup.reels ??= new Map())
  reels.set(data.number, data)
  dispatchEvent(new Event("groundup:part"))
}
