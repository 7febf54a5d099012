// Where the words of the glossary stand in a text.

// `find(text)`: the first place of each word, [{ word, from, to }]; of two that overlap, the longer.
export function finder(words) {
  const rules = words.map(word => ({ word, rule: new RegExp(whole(word.pattern), "gu") }))
  return text => firsts(longest(rules.flatMap(each => places(each, text))))
}

const whole = pattern => `(?<!\\w)(?:${pattern})(?!\\w)`

function places({ word, rule }, text) {
  return [...text.matchAll(rule)].map(match => ({
    word,
    from: match.index,
    to: match.index + match[0].length,
  }))
}

function longest(found) {
  const taken = []
  for (const one of found.sort((a, b) => b.to - b.from - (a.to - a.from))) {
    if (taken.every(other => one.from >= other.to || other.from >= one.to)) taken.push(one)
  }
  return taken
}

function firsts(found) {
  const first = new Map()
  for (const one of found.sort((a, b) => a.from - b.from)) {
    if (!first.has(one.word)) first.set(one.word, one)
  }
  return [...first.values()]
}
