/** Which links are drawn: those between rows on screen, and all of the selected row. Pure. */
import { arrowPath, type End, linkPath } from './links'
import { reach, type Scale, x } from './scale'
import type { GanttRow } from './types'

export interface Sheet {
  count: number
  rowAt: (index: number) => GanttRow
  /** Where a code stands: in its own row, or in that of the folded group that holds it. */
  placeOf: ReadonlyMap<string, number>
  rowHeight: number
  top: number
}

export interface DrawnLinks { plain: string; critical: string; chosen: string; plainHeads: string; criticalHeads: string; chosenHeads: string }

/** The end of a link at a row; null when the row has no time. */
export function endOf(sheet: Sheet, scale: Scale, index: number): End | null {
  const span = reach(sheet.rowAt(index))
  return span && { from: x(scale, span[0]), to: Math.max(x(scale, span[1]), x(scale, span[0]) + 3), y: sheet.top + (index + 0.5) * sheet.rowHeight + 3 }
}

/** Beyond so many lines nothing can be followed any more: only those of the critical path are drawn. */
const most = 160

export function linksOf(sheet: Sheet, scale: Scale, first: number, last: number, chosen: number, next: readonly string[]): DrawnLinks {
  const lines = { plain: [] as string[], critical: [] as string[], chosen: [] as string[], plainHeads: [] as string[], criticalHeads: [] as string[], chosenHeads: [] as string[] }
  let drawn = 0
  const add = (to: number, onlyFrom: number | null) => {
    const row = sheet.rowAt(to)
    const after = endOf(sheet, scale, to)
    if (!after || row.dormant) return
    for (const link of row.links) {
      const from = sheet.placeOf.get(link.code)
      if (from === undefined || from === to || (onlyFrom !== null && from !== onlyFrom)) continue
      const lit = to === chosen || from === chosen
      if (!lit && (from < first || from > last)) continue
      const before = endOf(sheet, scale, from)
      if (!before) continue
      const kind = lit ? 'chosen' : row.critical && sheet.rowAt(from).critical ? 'critical' : 'plain'
      if (kind === 'plain' && (drawn += 1) > most) continue
      lines[kind].push(linkPath(link.kind, before, after, sheet.rowHeight))
      lines[`${kind}Heads`].push(arrowPath(link.kind, before, after))
    }
  }
  for (let to = first; to <= last; to += 1) add(to, null)
  if (chosen >= 0) {
    if (chosen < first || chosen > last) add(chosen, null)
    // Who waits for it may stand anywhere.
    for (const code of next) {
      const to = sheet.placeOf.get(code)
      if (to !== undefined && (to < first || to > last)) add(to, chosen)
    }
  }
  return {
    plain: lines.plain.join(''), critical: lines.critical.join(''), chosen: lines.chosen.join(''),
    plainHeads: lines.plainHeads.join(''), criticalHeads: lines.criticalHeads.join(''), chosenHeads: lines.chosenHeads.join(''),
  }
}
