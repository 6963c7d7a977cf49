import { Button } from '@mantine/core'
import { IconHelpCircle, IconMailOff, IconPhone } from '@tabler/icons-react'
import type { MessageRow } from '../../api/types'
import { millis, near } from '../../lib/time'
import { Pill } from '../../ui/Pill'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './messages.module.css'

function Mark({ message }: { message: MessageRow }) {
  return message.status === 'failed'
    ? <Pill color="var(--t-red)" ground="var(--t-red-soft)"><IconMailOff size={14} aria-hidden /> Failed</Pill>
    : <Pill color="var(--t-amber)" ground="var(--t-amber-soft)" title="It was cut off in mid-send: it may have arrived."><IconHelpCircle size={14} aria-hidden /> Uncertain</Pill>
}

/** One message that did not, or may not have arrived: to whom, about what, since when, whom to call. */
export function UndeliveredItem({ message, busy, whyOff, onResend, onReached }: {
  message: MessageRow
  busy: boolean
  whyOff: string | null
  onResend: () => void
  onReached: () => void
}) {
  const { zone } = useZone()
  const now = useNow(30_000)
  const who = message.recipientName ?? message.recipient
  const off = { disabled: whyOff !== null || busy, ...(whyOff === null ? {} : { title: whyOff }) }
  return (
    <li className={classes.item} data-message={message.id} data-status={message.status}>
      <div className={classes.line}>
        <Mark message={message} />
        <b className={classes.who} title={message.recipient}>{who}</b>
        {message.teamName !== null && <span className="dim">{message.teamName}</span>}
        <span className={`${classes.when} num dim`}>{near(millis(message.queuedAt) ?? now, now, zone)}</span>
      </div>
      <p className={classes.about}>{message.subject}</p>
      {message.lastError !== null && <p className={`${classes.about} dim`}>{message.lastError}</p>}
      <div className={classes.line}>
        {message.phone === null
          ? <span className="dim">no telephone number is known</span>
          : <a className={`${classes.phone} num`} href={`tel:${message.phone.replace(/[^+\d]/g, '')}`}><IconPhone size={14} aria-hidden /> {message.phone}</a>}
        <span className={classes.buttons}>
          {message.allowedActions.includes('resend') && <Button size="compact-xs" variant="subtle" color="gray" aria-label={`Send again to ${who}`} {...off} onClick={onResend}>Send again</Button>}
          {message.allowedActions.includes('handled') && <Button size="compact-xs" variant="light" aria-label={`${who} was reached by phone`} {...off} onClick={onReached}>Reached by phone</Button>}
        </span>
      </div>
    </li>
  )
}
