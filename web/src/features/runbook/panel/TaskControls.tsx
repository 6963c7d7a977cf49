import { IconBan, IconCircleCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Task } from '../../../api/types'
import classes from './panel.module.css'

type Control = Task['controls'][number]
type Glyph = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>

const look: Record<Control['state'], { icon: Glyph; color: string; word: string }> = {
  pending: { icon: IconCircleDashed, color: 'var(--t-dim)', word: 'pending' },
  passed: { icon: IconCircleCheck, color: 'var(--t-green)', word: 'passed' },
  failed: { icon: IconX, color: 'var(--t-red)', word: 'failed' },
  cancelled: { icon: IconBan, color: 'var(--t-dim)', word: 'cancelled' },
}

const whoWords = ({ producer, validator }: Control): string =>
  [producer === null ? '' : `shown by ${producer}`, validator === null ? '' : `validated by ${validator}`].filter(Boolean).join(', ')

/** What a task has to show before it is believed: code, name, how far it is, and by whom. */
export function TaskControls({ controls }: { controls: Control[] }) {
  if (controls.length === 0) return null
  return (
    <ul className={classes.controls} aria-label="Controls">
      {controls.map((control) => {
        const { icon: Icon, color, word } = look[control.state]
        const who = whoWords(control)
        return (
          <li key={control.code} data-control={control.code}>
            <span style={{ color }} className={classes.controlState}><Icon size={14} aria-hidden /> {word}</span>
            <span>
              <span className="num dim">{control.code}</span> {control.name}
              {control.critical && <span className={classes.critical} title="It holds its step until it has passed">critical</span>}
              {who !== '' && <span className="dim"> · {who}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
