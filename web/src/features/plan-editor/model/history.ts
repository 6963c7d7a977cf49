/** What undo and redo mean, and how a list of edits grows. Pure. */
import type { EditPage, PlanEdit } from '../../../api/plan'

/** The edits seen so far, oldest first, and how far they go back. */
export interface Seen { version: number; lastEdit: number; items: PlanEdit[] }

/** Older ones with what came since: what was taken back is marked so. */
export function grown(before: Seen | undefined, page: EditPage): Seen {
  const known = new Set(page.items.map(({ number }) => number))
  const undone = new Map(page.items.flatMap(({ undoes, number }) => (undoes === null ? [] : [[undoes, number] as const])))
  const older = (before?.items ?? []).filter(({ number }) => !known.has(number))
  const marked = older.map((edit) => {
    const by = undone.get(edit.number)
    return by === undefined ? edit : { ...edit, undoneBy: by }
  })
  // A full page may end before the newest: the next one begins where it ended.
  return { version: page.version, lastEdit: page.items.at(-1)?.number ?? page.lastEdit, items: [...marked, ...page.items].toSorted((a, b) => a.number - b.number) }
}

type Kind = 'do' | 'undo' | 'redo'

function kindsOf(edits: readonly PlanEdit[]): Map<number, Kind> {
  const kinds = new Map<number, Kind>()
  for (const { number, undoes } of edits) {
    // What it took back may be older than the list: then it was something done.
    kinds.set(number, undoes === null ? 'do' : kinds.get(undoes) === 'undo' ? 'redo' : 'undo')
  }
  return kinds
}

/** The number that Ctrl+Z takes back: my newest edit that still stands. */
export function toUndo(edits: readonly PlanEdit[]): PlanEdit | null {
  const kinds = kindsOf(edits)
  return edits.findLast((edit) => edit.mine && edit.undoneBy === null && kinds.get(edit.number) !== 'undo') ?? null
}

/** The undo that Ctrl+Shift+Z takes back: my newest, unless I did something else since. */
export function toRedo(edits: readonly PlanEdit[]): PlanEdit | null {
  const kinds = kindsOf(edits)
  const mine = edits.filter((edit) => edit.mine)
  const did = mine.findLast(({ number }) => kinds.get(number) === 'do')?.number ?? 0
  return mine.findLast(({ number, undoneBy }) => kinds.get(number) === 'undo' && undoneBy === null && number > did) ?? null
}
