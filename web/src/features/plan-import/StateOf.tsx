import { IconAlertOctagon, IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconCircleDot, IconHourglass, IconTrash } from '@tabler/icons-react'
import type { ImportState, PlanImport } from '../../api/types'
import { isBlocked, stateWord } from './model/words'
import classes from './state-of.module.css'

const marks: Record<ImportState, [typeof IconCircleDot, string]> = {
  received: [IconHourglass, 'var(--t-dim)'], staging: [IconHourglass, 'var(--t-accent)'], checked: [IconCircleDot, 'var(--t-accent)'], committed: [IconCircleCheck, 'var(--t-green)'],
  undone: [IconArrowBackUp, 'var(--t-dim)'], failed: [IconAlertTriangle, 'var(--t-amber)'], discarded: [IconTrash, 'var(--t-dim)'],
}

/** Where an import stands: what stops it is not “ready”. */
export function StateOf({ of }: { of: Pick<PlanImport, 'state' | 'totals'> }) {
  const [Icon, color] = isBlocked(of) ? [IconAlertOctagon, 'var(--t-red)'] : marks[of.state]
  return <span className={classes.state} style={{ color }}><Icon size={15} aria-hidden /> {stateWord(of)}</span>
}
