import { IconPhone } from '@tabler/icons-react'
import type { WorkItem } from '../../api/types'
import { StateMark } from '../../ui/StateMark'
import classes from './before.module.css'

/** Who is before: their steps, how those stand, and the number to call. */
export function Before({ item }: { item: WorkItem }) {
  if (item.before.length === 0) return null
  return (
    <ul className={classes.before} aria-label={`Before ${item.step.code}`}>
      {item.before.map(({ code, name, state, teamName, phone }) => (
        <li key={code}>
          <span className={classes.what}>
            <span className={classes.line}><span>After <b className="num">{code}</b></span> <StateMark state={state} /></span>
            <span className="dim">{name} · {teamName}</span>
          </span>
          {phone !== null && phone !== '' && (
            <a className={`${classes.call} num`} href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={`Call ${teamName}: ${phone}`}>
              <IconPhone size={16} aria-hidden /> {phone}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
