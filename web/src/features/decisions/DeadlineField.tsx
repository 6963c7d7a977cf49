import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { serverNow } from '../../lib/serverTime'
import { clock, dayClock, zoneName } from '../../lib/time'
import { momentOf } from '../../lib/wallTime'
import { useZone } from '../../ui/zone'

const minutes: readonly number[] = [10, 20, 30, 60]

interface Props {
  label: string
  value: number | null
  required?: boolean
  /** Minutes are added to this moment; null = now. */
  from?: number | null
  onChange: (at: number | null) => void
}

/** The next time the clocks show this; the day and the zone stand under it. */
export function DeadlineField({ label, value, required = false, from = null, onChange }: Props) {
  const { zone } = useZone()
  const [text, setText] = useState(value === null ? '' : clock(value, zone))
  const type = (next: string) => {
    setText(next)
    onChange(next.trim() === '' ? null : momentOf(next, serverNow(), zone, 'future'))
  }
  const later = (count: number) => {
    const at = Math.max(from ?? 0, serverNow()) + count * 60_000
    setText(clock(at, zone))
    onChange(at)
  }
  const wrong = text.trim() !== '' && value === null
  return (
    <div>
      <TextInput
        label={label} placeholder="02:10" inputMode="numeric" maw={220} value={text} required={required}
        error={wrong ? 'A time of day such as 02:10' : undefined} onChange={(event) => type(event.currentTarget.value)}
      />
      <Group gap={4} mt={4}>
        {minutes.map((count) => (
          <Button key={count} size="compact-xs" variant="default" onClick={() => later(count)}>
            {from === null ? 'in' : '+'} {count} min
          </Button>
        ))}
        {value !== null && <Text size="xs" c="dimmed" aria-live="polite">{dayClock(value, zone)} {zoneName(zone, value)}</Text>}
      </Group>
    </div>
  )
}
