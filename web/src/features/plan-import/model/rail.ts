/** Which steps of an import are done, open, or stop it, and which one is looked at first. Pure. */
import type { PlanImport } from '../../../api/types'
import { importPaths, type ImportStep } from '../../../lib/importPaths'
import type { RailStep } from '../Rail'

const isOver = ({ state }: PlanImport): boolean => state === 'committed' || state === 'undone'
const isReading = ({ state }: PlanImport): boolean => state === 'received' || state === 'staging' || state === 'failed'

/** Where one looks first: at what stops it, then at what is to be read, then at what would change; in the end at what came of it. */
export function stepOf(found: PlanImport, asked: ImportStep | undefined): ImportStep | 'reading' {
  if (isReading(found)) return 'reading'
  if (asked !== undefined && (asked !== 'columns' || found.columns.length > 0)) return asked
  if (isOver(found)) return 'take-over'
  return found.kinds.length > 0 ? 'findings' : 'difference'
}

export function railOf(found: PlanImport, key: string, here: ImportStep | 'reading'): RailStep[] {
  const reading = isReading(found)
  const at = (step: ImportStep) => (reading ? null : importPaths.one(key, found.id, { step }))
  const blocking = found.totals.blocking ?? 0
  const findings = found.kinds.reduce((sum, kind) => sum + kind.count, 0)
  const total = found.diff === null ? null : found.diff.added + found.diff.changed + found.diff.removed
  return [
    { name: 'Files', to: importPaths.begin(key), state: 'done', here: false },
    { name: 'Reading', to: null, state: found.state === 'failed' ? 'stops' : reading ? 'open' : 'done', here: reading },
    { name: 'Findings', to: at('findings'), state: reading ? 'later' : blocking > 0 ? 'stops' : 'done', here: here === 'findings', note: reading ? undefined : findings.toLocaleString('en') },
    ...(found.columns.length > 0 ? [{ name: 'Columns', to: at('columns'), state: reading ? 'later' as const : 'done' as const, here: here === 'columns', note: found.columns.length.toLocaleString('en') }] : []),
    { name: 'Difference', to: at('difference'), state: reading || total === null ? 'later' : 'done', here: here === 'difference', note: reading ? undefined : total?.toLocaleString('en') },
    { name: 'Take over', to: at('take-over'), state: isOver(found) ? 'done' : found.canCommit ? 'open' : 'later', here: here === 'take-over' },
  ]
}

export const firstRail = (): RailStep[] => [
  { name: 'Files', to: null, state: 'open', here: true },
  ...['Reading', 'Findings', 'Columns', 'Difference', 'Take over'].map((name): RailStep => ({ name, to: null, state: 'later', here: false })),
]
