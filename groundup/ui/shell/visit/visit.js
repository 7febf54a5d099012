// Keeps the name of this tab's visit. After a reload, which begins another one, it tells the page
// which visit stood here before. A second tab has a store of its own, so it tells nothing.

const KEY = "groundup-visit"

export function mount({ data, setTriggerValue }) {
  const before = sessionStorage.getItem(KEY)
  sessionStorage.setItem(KEY, data.name)
  if (before && before !== data.name) setTriggerValue("before", before)
}
