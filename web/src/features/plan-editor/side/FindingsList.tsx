import { IconCircleCheck } from '@tabler/icons-react'
import type { PlanFinding } from '../../../api/plan'
import { useEditor } from '../context'
import { stepsOfTasks } from '../grid/useGrid'
import { FindingLine } from './FindingLine'
import { Side } from './Side'
import classes from './side.module.css'

const shownMost = 200

/** All that is wrong with the draft, errors first; each leads to the item it is about. */
export function FindingsList({ onGo, onClose }: { onGo: (code: string) => void; onClose: () => void }) {
  const { plan, index } = useEditor()
  const { findings } = plan
  const tasks = findings.some(({ subject }) => subject?.level === 'task') ? stepsOfTasks(plan) : new Map<string, string>()
  const codeOf = ({ subject }: PlanFinding): string | undefined => {
    const code = subject?.level === 'task' ? tasks.get(subject.code) : subject?.code
    return code !== undefined && index.places.has(code) ? code : undefined
  }
  const errors = findings.filter(({ severity }) => severity === 'error')
  const sorted = [...errors, ...findings.filter(({ severity }) => severity !== 'error')]
  return (
    <Side title={`Findings · ${findings.length}`} onClose={onClose}>
      {findings.length === 0 && <p className={classes.fine}><IconCircleCheck size={17} aria-hidden /> Nothing is wrong with this version.</p>}
      {errors.length > 0 && <p className={classes.lead}>{errors.length === 1 ? 'One error keeps' : `${errors.length} errors keep`} it from being approved.</p>}
      <ul className={classes.list}>
        {sorted.slice(0, shownMost).map((finding, i) => {
          const code = codeOf(finding)
          return (
            <li key={`${finding.code} ${finding.subject?.code ?? ''} ${i}`}>
              {code === undefined
                ? <span className={classes.line}><FindingLine finding={finding} /></span>
                : <button type="button" className={classes.line} onClick={() => onGo(code)}><FindingLine finding={finding} /></button>}
            </li>
          )
        })}
      </ul>
      {sorted.length > shownMost && <p className={classes.lead}>{sorted.length - shownMost} more: mend these first.</p>}
    </Side>
  )
}
