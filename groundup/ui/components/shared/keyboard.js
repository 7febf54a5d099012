// Whose a key is: the keys of a player are plain letters, so it must know when they are not meant.

const TYPING = "input:not([type=range]), textarea, select, [contenteditable]"

// Whether the learner writes in what has the keyboard.
export const isTyping = target => Boolean(target.closest?.(TYPING))

// Whether the browser, or the system, means something by it.
export const isShortcut = event => event.ctrlKey || event.metaKey || event.altKey
