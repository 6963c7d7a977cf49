import { TextInput } from '@mantine/core'
import { type FocusEvent, useState } from 'react'
import { dayClock, zoneName } from '../lib/time'
import { type Moment, momentOf, type WallTime, years } from '../lib/zoned'
import classes from './zoned-time-field.module.css'

const wrong = {
  unreadable: 'A date, and a time such as 18:00',
  year: `Which year? It is from ${String(years.first)} to ${String(years.last)}`,
  skipped: 'The clocks jump over this time that night',
} as const

function noteOf(moment: Moment, zone: string): string {
  if (moment.at === null) return zone
  // The day in words: the field's own order of day and month is the browser's.
  const name = `${dayClock(moment.at, zone)} ${zoneName(zone, moment.at)} · ${zone}`
  return moment.twice ? `${name}. This hour comes twice that night: the first is meant.` : name
}

interface Props {
  label: string
  value: WallTime
  zone: string
  required: boolean
  /** Said instead of the zone, as an error. */
  error?: string | null
  onChange: (value: WallTime) => void
}

/** Whether somebody is typing in it: what is half typed is not called wrong before they leave. */
function useTyping() {
  const [typing, setTyping] = useState(false)
  const onFocus = () => setTyping(true)
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setTyping(false)
  }
  return { typing, onFocus, onBlur }
}

/** A date and a 24-hour time in a zone that is said beside it, whatever the browser's own habits are. */
export function ZonedTimeField({ label, value, zone, required, error, onChange }: Props) {
  const { typing, ...watch } = useTyping()
  const empty = value.date === '' && value.time === ''
  const moment = momentOf(value, zone)
  const problem = error ?? (moment.at === null && !(empty && !required) && !(typing && moment.why !== 'skipped') ? wrong[moment.why] : null)
  return (
    <fieldset className={classes.when} {...watch}>
      <legend>{label}{required ? '' : ' (optional)'}</legend>
      <div>
        <TextInput
          type="date" size="sm" aria-label={`${label}: date`} value={value.date} error={problem !== null} max={`${String(years.last)}-12-31`}
          onChange={(event) => onChange({ ...value, date: event.currentTarget.value })}
        />
        <TextInput
          size="sm" aria-label={`${label}: time`} placeholder="18:00" inputMode="numeric" maxLength={5} value={value.time} error={problem !== null}
          onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
        />
      </div>
      <small className={problem === null ? 'dim' : classes.wrong} role={problem === null ? undefined : 'alert'}>
        {problem ?? noteOf(moment, zone)}
      </small>
    </fieldset>
  )
}
