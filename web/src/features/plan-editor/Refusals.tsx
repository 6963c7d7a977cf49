import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { useEditor } from './context'
import { closeAllRefusals, closeRefusal, type Refusal, useRefusals } from './marks'
import { valueText, wordOf } from './model/fields'
import classes from './editor.module.css'

/** So many are shown at once; what lies below them stays in reach. */
const most = 2

const quoted = (field: string, value: unknown): string => {
  const text = valueText(field, value)
  return text === '' ? 'nothing' : `“${text.length > 80 ? `${text.slice(0, 79)}…` : text}”`
}

/** Somebody set the same field meanwhile: who, when, both values, and the choice between them. */
function Changed({ refusal, spot, changed }: { refusal: Refusal; spot: NonNullable<Refusal['spot']>; changed: NonNullable<Refusal['changed']> }) {
  const { send } = useEditor()
  const { zone } = useZone()
  const now = useNow(60_000)
  const at = millis(changed.at)
  const { field } = spot
  const putMine = () => {
    closeRefusal(refusal.id)
    const edits = refusal.edits.map((edit) => (edit.op === 'set' && edit.field === field ? { ...edit, was: changed.current } : edit))
    send({ edits, spot, to: refusal.to })
  }
  return (
    <>
      <span>
        <b>{changed.by ?? 'Somebody'} set the {wordOf(field)} of {spot.code} to {quoted(field, changed.current)}</b>
        {at === null ? '' : ` at ${near(at, now, zone)}`}, while you typed {quoted(field, refusal.to)}. Yours was not saved.
      </span>
      <span className={classes.choice}>
        <Button variant="default" onClick={() => closeRefusal(refusal.id)}>Keep theirs</Button>
        <Button onClick={putMine}>Put mine</Button>
      </span>
    </>
  )
}

function Said({ refusal }: { refusal: Refusal }) {
  const { problem, spot, to } = refusal
  const typed = spot !== null && spot.field !== 'after' && to !== null ? ` You typed ${quoted(spot.field, to)}.` : ''
  return (
    <>
      <span><b>{spot === null ? problem.title : `Not saved: the ${wordOf(spot.field)} of ${spot.code}.`}</b> {problem.detail}{typed}{problem.hint === null ? '' : ` ${problem.hint}`}</span>
      <CloseButton size="sm" aria-label="Close this notice" onClick={() => closeRefusal(refusal.id)} />
    </>
  )
}

/** Edits that were not taken stay here until each is answered. */
export function Refusals() {
  const refusals = useRefusals()
  if (refusals.length === 0) return null
  const shown = refusals.slice(-most)
  const others = refusals.length - shown.length
  return (
    <div className={classes.over}><ul className={classes.refusals}>
      {shown.map((refusal) => (
        <li key={refusal.id} role="alert" data-refused={refusal.spot?.code}>
          <IconAlertTriangle size={17} aria-hidden />
          {refusal.changed && refusal.spot ? <Changed refusal={refusal} spot={refusal.spot} changed={refusal.changed} /> : <Said refusal={refusal} />}
        </li>
      ))}
      {others > 0 && (
        <li>
          <span>{others} more {others === 1 ? 'was' : 'were'} not saved.</span>
          <Button variant="default" onClick={closeAllRefusals}>Close the notices</Button>
        </li>
      )}
    </ul></div>
  )
}
