import type { LiveEvent, MessageStatus, StepDetail } from '../../../api/types'
import { clockSeconds, dayClock, millis } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import { Section } from './Section'
import classes from './panel.module.css'

const statusWord: Record<MessageStatus, string> = {
  queued: 'Queued',
  sending: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  suppressed: 'Suppressed: comms are off',
  uncertain: 'Uncertain: cut off while sending',
}
const wordOf = (status: string): string => (status in statusWord ? statusWord[status as MessageStatus] : status)
const statusColor = (status: string): string =>
  status === 'failed' ? 'var(--t-red)' : status === 'uncertain' ? 'var(--t-amber)' : 'inherit'

/** Who was told, and whether it went out. */
export function StepMessages({ messages }: { messages: StepDetail['messages'] }) {
  const { zone } = useZone()
  if (messages.length === 0) return null
  return (
    <Section title="Messages">
      {messages.map(({ recipient, status, queuedAt, sentAt }) => (
        <div key={`${recipient}${queuedAt}`} className={classes.entry}>
          <span className="num dim">{clockSeconds(millis(sentAt ?? queuedAt) ?? 0, zone)}</span>
          <span>{recipient} · <span style={{ color: statusColor(status) }}>{wordOf(status)}</span></span>
        </div>
      ))}
    </Section>
  )
}

/** Who did what, and when, newest first; from the log. */
export function StepHistory({ history }: { history: LiveEvent[] }) {
  const { zone } = useZone()
  if (history.length === 0) return null
  const newestFirst = [...history].sort((a, b) => b.seq - a.seq)
  return (
    <Section title="History">
      {newestFirst.map(({ seq, at, sentence }) => (
        <div key={seq} className={classes.entry}>
          <span className="num dim" title={`${dayClock(millis(at) ?? 0, zone)}, event ${seq}`}>{clockSeconds(millis(at) ?? 0, zone)}</span>
          <span>{sentence}</span>
        </div>
      ))}
    </Section>
  )
}
