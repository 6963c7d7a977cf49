import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { serverNow } from '../lib/serverTime'
import { clock, dayClock, zoneName } from '../lib/time'
import { momentOf } from '../lib/wallTime'
import { useZone } from './zone'

const minutes: readonly number[] = [15, 30, 60, 120]

interface Props {
  label: string
  value: number | null
  /** Null where nothing is typed; undefined where what is typed is no time of day. */
  onChange: (at: number | null | undefined) => void
}

/** A time to come, as one says it at night: 02:10, or in 30 minutes. The day and the zone it is taken for stand under it. */
export function ByWhen({ label, value, onChange }: Props) {
  const { zone } = useZone()
  const [text, setText] = useState(() => (value === null ? '' : clock(value, zone)))
  const [wrong, setWrong] = useState(false)
  const set = (typed: string, at: number | null | undefined) => {
    setText(typed)
    setWrong(at === undefined)
    onChange(at)
  }
  const type = (typed: string) => set(typed, typed.trim() === '' ? null : (momentOf(typed, serverNow(), zone, 'future') ?? undefined))
  return (
    <Stack gap={4}>
      <TextInput
        label={label} size="sm" placeholder="02:10" maxLength={5} inputMode="numeric" value={text} w={260}
        error={wrong ? 'A time of day such as 02:10' : undefined} onChange={(event) => type(event.currentTarget.value)}
      />
      <Group gap={4}>
        {minutes.map((count) => (
          <Button
            key={count} size="compact-xs" variant="default"
            onClick={() => { const at = serverNow() + count * 60_000; set(clock(at, zone), at) }}
          >
            {`in ${count} min`}
          </Button>
        ))}
      </Group>
      {value !== null && !wrong && <Text size="xs" c="dimmed" aria-live="polite">{dayClock(value, zone)} {zoneName(zone, value)}</Text>}
    </Stack>
  )
}
