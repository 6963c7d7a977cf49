import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { serverNow } from '../lib/serverTime'
import { clock, dayClock, zoneName } from '../lib/time'
import { momentOf } from '../lib/wallTime'
import { useZone } from './zone'

interface Props {
  label: string
  value: number | null
  /** Null where nothing is typed; undefined where what is typed is no time of day. */
  onChange: (at: number | null | undefined) => void
  /** Which of the days a time of day is meant of: the next one to come, or the last one that is over. */
  direction?: 'future' | 'past'
  /** How many minutes off the buttons are. */
  minutes?: readonly number[]
  /** The minutes are added to this moment where it is still to come; otherwise to now. */
  from?: number | null
  required?: boolean
  /** It has the keyboard when its dialog opens. */
  focus?: boolean
}

const usual: readonly number[] = [15, 30, 60, 120]

const stepWords = (count: number, direction: 'future' | 'past', added: boolean): string =>
  direction === 'past' ? `${count} min ago` : `${added ? '+' : 'in'} ${count} min`

/** A time, as one says it at night: 02:10, or in 30 minutes. The day and the zone it is taken for stand under it. */
export function ByWhen({ label, value, onChange, direction = 'future', minutes = usual, from = null, required = false, focus = false }: Props) {
  const { zone } = useZone()
  const [text, setText] = useState(() => (value === null ? '' : clock(value, zone)))
  const [wrong, setWrong] = useState(false)
  const set = (typed: string, at: number | null | undefined) => {
    setText(typed)
    setWrong(at === undefined)
    onChange(at)
  }
  const type = (typed: string) => set(typed, typed.trim() === '' ? null : (momentOf(typed, serverNow(), zone, direction) ?? undefined))
  const off = (count: number) => {
    const at = Math.max(from ?? 0, serverNow()) + (direction === 'past' ? -count : count) * 60_000
    set(clock(at, zone), at)
  }
  return (
    <Stack gap={4}>
      <TextInput
        label={label} size="sm" placeholder="02:10" maxLength={5} inputMode="numeric" value={text} w={260} required={required} data-autofocus={focus || undefined}
        error={wrong ? 'A time of day such as 02:10' : undefined} onChange={(event) => type(event.currentTarget.value)}
      />
      <Group gap={4}>
        {minutes.map((count) => (
          <Button key={count} size="compact-xs" variant="default" onClick={() => off(count)}>{stepWords(count, direction, from !== null)}</Button>
        ))}
      </Group>
      {value !== null && !wrong && <Text size="xs" c="dimmed" aria-live="polite">{dayClock(value, zone)} {zoneName(zone, value)}</Text>}
    </Stack>
  )
}
