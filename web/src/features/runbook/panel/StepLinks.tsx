import type { StepDetail, StepState } from '../../../api/types'
import { StateMark } from '../../../ui/StateMark'
import { Section } from './Section'
import classes from './panel.module.css'

interface Linked {
  code: string
  name: string
  state: StepState
}

function Links({ title, rows, onOpen }: { title: string; rows: Linked[]; onOpen: (code: string) => void }) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <ul className={classes.links}>
        {rows.map(({ code, name, state }) => (
          <li key={code}>
            <button type="button" className={classes.link} onClick={() => onOpen(code)}>
              <span className="num dim">{code}</span><span>{name}</span><StateMark state={state} />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the step waits for, and who waits for it. */
export function StepLinks({ detail, onOpen }: { detail: StepDetail; onOpen: (code: string) => void }) {
  return (
    <>
      <Links title="Comes after" rows={detail.predecessorRows} onOpen={onOpen} />
      <Links title="Who waits for it" rows={detail.successors} onOpen={onOpen} />
    </>
  )
}
