import { Button } from '@mantine/core'
import { IconCircleCheck, IconClockExclamation } from '@tabler/icons-react'
import type { Impediment } from '../../api/types'
import { millis, near } from '../../lib/time'
import { Pill } from '../../ui/Pill'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { SeverityMark } from './SeverityMark'
import { expectedWords } from './words'
import classes from './impediments.module.css'

export type ImpedimentAction = Impediment['allowedActions'][number]

const word: Record<ImpedimentAction, string> = { change: 'Change', resolve: 'Resolve', reopen: 'Reopen' }

function When({ one, now, zone }: { one: Impediment; now: number; zone: string }) {
  const at = (iso: string | null) => near(millis(iso) ?? 0, now, zone)
  const expected = expectedWords(one, now)
  if (one.state === 'resolved') return <span className="num">by {one.resolvedBy}, {at(one.resolvedAt)}</span>
  return (
    <>
      <span>{one.owner ?? 'nobody sees to it yet'}</span>
      {expected
        ? <span className={expected.overdue ? `${classes.overdue} num` : 'num'}>{expected.overdue && <IconClockExclamation size={13} aria-hidden />} {at(one.expectedAt)}, {expected.words}</span>
        : <span>no time expected</span>}
      <span className="num dim">opened by {one.openedBy}, {at(one.openedAt)}</span>
    </>
  )
}

/** One impediment: how bad, what, who sees to it, how long still. */
export function ImpedimentItem({ one, showStep, whyOff, onAsk }: {
  one: Impediment
  showStep: boolean
  whyOff: string | null
  onAsk: (what: ImpedimentAction) => void
}) {
  const { zone } = useZone()
  const now = useNow(30_000)
  return (
    <li className={classes.item} data-impediment={one.number} data-state={one.state}>
      <div className={classes.line}>
        {one.state === 'open' ? <SeverityMark severity={one.severity} /> : <Pill color="var(--t-green)" ground="var(--t-green-soft)"><IconCircleCheck size={14} aria-hidden /> Resolved</Pill>}
        <span className="num dim">#{one.number}</span>
        <b className={classes.title}>{one.title}</b>
        {showStep && one.stepCode !== null && <span className={`${classes.step} num`}>{one.stepCode}</span>}
      </div>
      {one.detail !== '' && <p className={classes.text}>{one.detail}</p>}
      {one.resolution !== null && <p className={classes.text}>{one.resolution}</p>}
      <div className={classes.facts}>
        <When one={one} now={now} zone={zone} />
        <span className={classes.buttons}>
          {one.allowedActions.map((action) => (
            <Button
              key={action} size="compact-xs" variant={action === 'resolve' ? 'light' : 'subtle'} {...(action === 'resolve' ? {} : { color: 'gray' })}
              aria-label={`${word[action]} impediment ${one.number}`} disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })} onClick={() => onAsk(action)}
            >
              {word[action]}
            </Button>
          ))}
        </span>
      </div>
    </li>
  )
}
