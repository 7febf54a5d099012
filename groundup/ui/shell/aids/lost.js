// Which keys go no further than to what has the focus.

import { isShortcut } from "../../components/shared/keyboard.js"

// In a table or a list a letter begins an entry, or finds one.
const USED = "[role=grid], [role=listbox], [role=combobox], [role=menu], select, canvas"

// Whether a key of one letter is taken from the page: because the setting says so, or because a
// control on the `path` of the event means something by it itself.
export function isLost(event, path, areOn) {
  if (event.key?.length !== 1 || event.key === " " || isShortcut(event)) return false
  return !areOn || path.some(one => one.matches?.(USED))
}
