import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react'
import type { PlanFinding } from '../../../api/plan'
import classes from './side.module.css'

/** One thing wrong with the draft: how bad, what, and what would mend it. */
export function FindingLine({ finding }: { finding: PlanFinding }) {
  const error = finding.severity === 'error'
  const Icon = error ? IconAlertOctagon : IconAlertTriangle
  return (
    <span className={classes.finding} data-severity={finding.severity}>
      <Icon size={15} role="img" aria-label={error ? 'Error' : 'Warning'} />
      <span>{finding.message}{finding.suggestion !== null && <span className="dim"> {finding.suggestion}</span>}</span>
    </span>
  )
}
