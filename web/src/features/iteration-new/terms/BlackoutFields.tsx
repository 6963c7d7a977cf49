import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { momentOf, wallTimeOf } from '../../../lib/zoned'
import { ZonedTimeField } from '../../../ui/ZonedTimeField'
import type { BlackoutForm } from './terms'
import classes from './terms.module.css'

interface Props {
  value: readonly BlackoutForm[]
  wrong: Record<number, string>
  zone: string
  /** When the first one is thought to begin, until it is said. */
  from: number
  onChange: (value: BlackoutForm[]) => void
}

const hour = 3_600_000

/** Spans in which nobody works, each with its reason. */
export function BlackoutFields({ value, wrong, zone, from, onChange }: Props) {
  const set = (id: number, change: Partial<BlackoutForm>) => onChange(value.map((one) => (one.id === id ? { ...one, ...change } : one)))
  const add = () => {
    const last = value.at(-1)
    const start = (last && momentOf(last.end, zone).at) ?? from
    const span = { start: wallTimeOf(start, zone), end: wallTimeOf(start + hour, zone) }
    onChange([...value, { id: Math.max(-1, ...value.map(({ id }) => id)) + 1, ...span, reason: '', was: null }])
  }
  return (
    <fieldset className={classes.blackouts}>
      <legend>Blackouts</legend>
      <p className="dim">Spans in which nobody works, such as a backup of the storage: forecasts let work pause there. Nothing is locked by it.</p>
      <ul>
        {value.map((one, i) => (
          <li key={one.id}>
            <ZonedTimeField label={`Blackout ${i + 1}: from`} value={one.start} zone={zone} required onChange={(start) => set(one.id, { start })} />
            <ZonedTimeField label={`Blackout ${i + 1}: to`} value={one.end} zone={zone} required error={wrong[one.id] ?? null} onChange={(end) => set(one.id, { end })} />
            <TextInput
              size="sm" label="Reason (optional)" aria-label={`Blackout ${i + 1}: reason`} maxLength={200} value={one.reason}
              onChange={(event) => set(one.id, { reason: event.currentTarget.value })}
            />
            <ActionIcon variant="subtle" color="gray" aria-label={`Remove blackout ${i + 1}`} onClick={() => onChange(value.filter(({ id }) => id !== one.id))}><IconX size={16} /></ActionIcon>
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add} disabled={value.length >= 50}>Add a blackout</Button>
    </fieldset>
  )
}
