import type { LinkKind, StepDetail, StepState } from '../../../api/types'
import { StateMark } from '../../../ui/StateMark'
import { linkMark, linkWords, stateWordOf } from '../words'
import { Section } from './Section'
import classes from './panel.module.css'

interface Linked {
  code: string
  name: string
  state: StepState | null
  dormant: boolean
  inScope: boolean
  kind: LinkKind
  lagSeconds: number
  level: string
  /** Why it counts as satisfied whatever it does, by order of a pilot. */
  waived?: string | null
}

const levelWord = (level: string): string => (level === 'macro_phase' ? 'Macro-phase' : 'Chapter')

function Links({ title, rows, onOpen }: { title: string; rows: Linked[]; onOpen: (code: string) => void }) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <ul className={classes.links}>
        {rows.map(({ code, name, state, dormant, inScope, kind, lagSeconds, level, waived }) => (
          <li key={code + kind}>
            <button
              type="button" className={classes.link} disabled={level !== 'step'} onClick={() => onOpen(code)}
              title={`${waived ? `Waived: ${waived}. ` : ''}${level === 'step' ? '' : `${levelWord(level)}: all of it. `}Linked ${linkWords({ kind, lagSeconds })}`}
            >
              <span className="num dim">{code}</span>
              <span>{name}</span>
              <span className={`${classes.kind} num`}>{linkMark({ kind, lagSeconds })}{waived ? ' waived' : ''}</span>
              {state === null ? <span className="dim">{levelWord(level)}</span> : <StateMark state={state} word={dormant ? 'Dormant (rollback)' : stateWordOf({ state, dormant, inScope })} />}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What a step of the way back takes back, and the other way round. */
function Undoing({ title, rows, onOpen }: { title: string; rows: StepDetail['undoes']; onOpen: (code: string) => void }) {
  if (rows.length === 0) return null
  return (
    <Section title={title}>
      <ul className={classes.links}>
        {rows.map(({ code, name, state, dormant, inScope }) => (
          <li key={code}>
            <button type="button" className={classes.link} onClick={() => onOpen(code)}>
              <span className="num dim">{code}</span>
              <span>{name}</span>
              <span />
              <StateMark state={state} word={dormant ? 'Dormant (rollback)' : stateWordOf({ state, dormant, inScope })} />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the step waits for, who waits for it, what it undoes, and who undoes it. */
export function StepLinks({ detail, onOpen }: { detail: StepDetail; onOpen: (code: string) => void }) {
  return (
    <>
      <Links title="Comes after" rows={detail.predecessorRows} onOpen={onOpen} />
      <Links title="Who waits for it" rows={detail.successors} onOpen={onOpen} />
      <Undoing title="Undoes" rows={detail.undoes} onOpen={onOpen} />
      <Undoing title="Undone by" rows={detail.undoneBy} onOpen={onOpen} />
    </>
  )
}
