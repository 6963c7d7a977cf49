import { IconAlertOctagon, IconCircle, IconCircleCheck, IconCircleDot } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import classes from './plan-import.module.css'

export interface RailStep {
  name: string
  /** Where it is; null where there is nothing to look at yet. */
  to: string | null
  state: 'done' | 'open' | 'stops' | 'later'
  here: boolean
  /** A count or a word beside the name. */
  note?: string | undefined
}

const marks = {
  done: { icon: IconCircleCheck, color: 'var(--t-green)', word: 'done' },
  open: { icon: IconCircleDot, color: 'var(--t-accent)', word: 'open' },
  stops: { icon: IconAlertOctagon, color: 'var(--t-red)', word: 'stops the import' },
  later: { icon: IconCircle, color: 'var(--t-dim)', word: 'later' },
} as const

/** Where one is on the way from files to a version. */
export function Rail({ steps }: { steps: readonly RailStep[] }) {
  const list = useRef<HTMLOListElement>(null)
  const here = steps.find((step) => step.here)?.name
  useEffect(() => {
    // On a phone the rail is wider than the screen.
    list.current?.querySelector('[data-here]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [here])
  return (
    <nav aria-label="Steps of the import">
      <ol ref={list} className={classes.rail}>
        {steps.map(({ name, to, state, here, note }) => {
          const { icon: Icon, color, word } = marks[state]
          const inside = <><Icon size={16} aria-hidden style={{ color }} /><span>{name}</span><span className="visually-hidden">, {word}</span>{note !== undefined && <small className="num dim">{note}</small>}</>
          return (
            <li key={name} data-here={here || undefined}>
              {to === null ? <span className="dim">{inside}</span> : <Link to={to} {...(here ? { 'aria-current': 'step' as const } : {})}>{inside}</Link>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
