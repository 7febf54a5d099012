// A table on paper: printed by itself, whole, with its head on each page.

import { make } from "../shared/elements.js"

const STYLE = `
  body { margin: 0; font: 10pt sans-serif; }
  table { border-collapse: collapse; }
  caption { padding-bottom: 6pt; text-align: left; font-weight: bold; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding: 1pt 8pt; border-bottom: 0.5pt solid #999; text-align: right; white-space: nowrap; font-family: monospace; }
  td { padding-right: calc(8pt + 1ch * var(--tail, 0)); }
  thead th { border-bottom: 1pt solid #000; }
  tbody th { font-weight: normal; }
  .aside td { padding-left: 8pt; text-align: left; font: italic 9pt sans-serif; }
  [aria-current] { font-weight: bold; }
  button { all: unset; }
`

export function printed(table) {
  const sheet = make("iframe", "sheet")
  sheet.title = "What is printed"
  sheet.srcdoc = `<!doctype html><title></title><style>${STYLE}</style>`
  sheet.addEventListener("load", () => {
    const { contentDocument: paper, contentWindow: view } = sheet
    paper.title = document.title
    paper.body.append(paper.importNode(table, true))
    view.addEventListener("afterprint", () => sheet.remove())
    view.focus()
    view.print()
  })
  table.parentElement.append(sheet)
}
