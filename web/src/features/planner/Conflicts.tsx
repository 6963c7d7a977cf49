import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ScheduleConflict } from '../../api/schedule'
import classes from './planner.module.css'

/** What of the schedule cannot be kept, in sentences; a press goes to the chapter. */
export function Conflicts({ conflicts, wouldBe, onGo }: { conflicts: readonly ScheduleConflict[]; wouldBe: boolean; onGo: (code: string) => void }) {
  if (conflicts.length === 0) {
    return <p className={classes.fine} role="status"><IconCircleCheck size={15} aria-hidden /> {wouldBe ? 'It would hold: no conflicts.' : 'No conflicts.'}</p>
  }
  return (
    <section className={classes.conflicts} aria-label="Conflicts">
      <h2><IconAlertTriangle size={15} aria-hidden /> {wouldBe ? 'As it is typed, this could not be kept' : 'This cannot be kept'} ({conflicts.length})</h2>
      <ul>
        {conflicts.map(({ code, chapterCode, sentence }) => (
          <li key={code + (chapterCode ?? '')} data-conflict={code}>
            {chapterCode === null ? sentence : <UnstyledButton onClick={() => onGo(chapterCode)}>{sentence}</UnstyledButton>}
          </li>
        ))}
      </ul>
    </section>
  )
}
