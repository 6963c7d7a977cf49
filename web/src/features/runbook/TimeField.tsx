import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { serverNow } from '../../lib/serverTime'
import { dayClock, zoneName } from '../../lib/time'
import { momentOf } from '../../lib/wallTime'
import { useZone } from '../../ui/zone'

interface Props {
  label: string
  /** Which of the days a time of day is meant of: the last one that is over, or the next one to come. */
  direction: 'past' | 'future'
  value: number | null
  onChange: (at: number | null) => void
  required?: boolean
  focus?: boolean
}

const minutes: readonly number[] = [5, 15, 30, 60]

/** A time of day as one says it at night, 02:10; the day and the zone it is taken for stand under it. */
export function TimeField({ label, direction, value, onChange, required = false, focus = false }: Props) {
  const { zone } = useZone()
  const [text, setText] = useState('')
  const now = serverNow()
  const type = (next: string) => {
    setText(next)
    onChange(next.trim() === '' ? null : momentOf(next, serverNow(), zone, direction))
  }
  const wrong = text.trim() !== '' && value === null
  return (
    <Stack gap={4}>
      <TextInput
        label={label} placeholder="02:10" value={text} required={required} data-autofocus={focus || undefined} w={260} inputMode="numeric"
        error={wrong ? 'A time of day such as 02:10' : undefined} onChange={(event) => type(event.currentTarget.value)}
      />
      <Group gap={4}>
        {minutes.map((count) => (
          <Button
            key={count} size="compact-xs" variant="default"
            onClick={() => {
              const at = serverNow() + (direction === 'past' ? -count : count) * 60_000
              setText(dayClock(at, zone).slice(-5))
              onChange(at)
            }}
          >
            {direction === 'past' ? `${count} min ago` : `in ${count} min`}
          </Button>
        ))}
      </Group>
      {value !== null && <Text size="xs" c="dimmed" aria-live="polite">{dayClock(value, zone)} {zoneName(zone, now)}</Text>}
    </Stack>
  )
}
