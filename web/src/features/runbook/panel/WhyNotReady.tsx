import { Anchor } from '@mantine/core'
import type { StepDetail } from '../../../api/types'
import { isOver } from '../../../lib/states'
import { outOfScope } from '../words'
import classes from './panel.module.css'

/** Why the step is not ready, in the server's words, each with the way to what it waits for. */
export function WhyNotReady({ detail, onOpen }: { detail: StepDetail; onOpen: (code: string) => void }) {
  if (detail.dormant) {
    return <div className={classes.waits}>Dormant: a rollback step, asleep unless the iteration is backed out.</div>
  }
  if (!detail.inScope) return <div className={classes.waits}>{outOfScope}</div>
  if (detail.blockedBy.length === 0 || isOver(detail.state)) return null
  return (
    <div className={classes.waits} data-testid="why">
      <b>{detail.state === 'verifying' ? 'What it still needs' : 'Why not yet'}</b>
      {detail.blockedBy.map(({ code, level, sentence }) => (
        <span key={`${code ?? ''}${sentence}`}>
          {sentence}{' '}
          {code !== null && level === 'step' && <Anchor component="button" type="button" size="sm" onClick={() => onOpen(code)}>Open {code}</Anchor>}
        </span>
      ))}
    </div>
  )
}
