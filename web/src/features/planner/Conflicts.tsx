import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ScheduleConflict } from '../../api/schedule'
import classes from './planner.module.css'

/** What the forecast cannot keep of the steps, as it is saved; null: it is not known. */
export type StepConflicts = readonly string[] | null

interface Props {
  conflicts: readonly ScheduleConflict[]
  steps: StepConflicts
  wouldBe: boolean
  onGo: (code: string) => void
}

/** There is more than chapters: what the forecast says of single steps is never left out. */
function OfSteps({ steps, wouldBe, alone }: { steps: StepConflicts; wouldBe: boolean; alone: boolean }) {
  if (steps === null) return <p className={classes.fine} data-plain><IconInfoCircle size={15} aria-hidden /> Whether a step’s own times can be kept is not known yet: there is no forecast.</p>
  if (steps.length === 0) return alone && !wouldBe ? <p className={classes.fine}><IconCircleCheck size={15} aria-hidden /> No conflicts of steps in the forecast.</p> : null
  return (
    <section className={classes.conflicts} aria-label="Conflicts of steps">
      <h2><IconAlertTriangle size={15} aria-hidden /> The forecast cannot keep this of single steps{wouldBe ? ', as it is saved' : ''} ({steps.length})</h2>
      <ul>{steps.map((sentence) => <li key={sentence} data-conflict="step">{sentence}</li>)}</ul>
    </section>
  )
}

/** What of the schedule cannot be kept, in sentences; a press goes to the chapter. */
export function Conflicts({ conflicts, steps, wouldBe, onGo }: Props) {
  return (
    <div className={classes.told}>
      {conflicts.length === 0
        ? <p className={classes.fine} role="status"><IconCircleCheck size={15} aria-hidden /> {wouldBe ? 'It would hold: no conflicts between chapters.' : 'No conflicts between chapters.'}</p>
        : (
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
        )}
      <OfSteps steps={steps} wouldBe={wouldBe} alone={conflicts.length === 0} />
    </div>
  )
}
