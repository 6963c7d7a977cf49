import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { span as length } from '../../lib/time'
import { momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'
import { ZonedTimeField } from '../../ui/ZonedTimeField'
import type { Row, Times } from './model'

/** An unchanged field stays the very moment it was: seconds are not asked for. */
const kept = (at: number | null, was: number | null): number | null => (at !== null && was !== null && Math.floor(was / 60_000) * 60_000 === at ? was : at)

interface Props {
  row: Row
  zone: string
  /** The iteration's start: nothing starts before it. */
  first: number
  onDone: (times: Times) => void
  onCancel: () => void
}

/** A chapter's times in fields: each typed, or derived from its steps. */
export function ChapterFields({ row, zone, first, onDone, onCancel }: Props) {
  const { chapter, span } = row
  const [start, setStart] = useState<WallTime>(() => wallTimeOf(span?.start ?? first, zone))
  const [end, setEnd] = useState<WallTime>(() => wallTimeOf(span?.end ?? first + Math.max(chapter.minimumSeconds, 3600) * 1000, zone))
  const [typed, setTyped] = useState(true)
  const [endTyped, setEndTyped] = useState(row.endTyped || chapter.dormant)
  const [from, to] = [kept(momentOf(start, zone).at, span?.start ?? null), kept(momentOf(end, zone).at, span?.end ?? null)]
  const wrong = !typed ? null : from !== null && from < first ? 'before' : endTyped && from !== null && to !== null && to < from ? 'backwards' : null
  const unreadable = typed && (from === null || (endTyped && to === null))
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (wrong !== null || unreadable) return
    onDone(typed ? { start: from, end: endTyped ? to : null } : { start: null, end: null })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Checkbox
          label={chapter.dormant ? 'Typed: its place is kept. It sleeps, so this moves no step' : 'Typed: its steps are planned no earlier than its start'}
          checked={typed} onChange={(event) => setTyped(event.currentTarget.checked)} />
        {typed && <ZonedTimeField label="Start" value={start} zone={zone} required error={wrong === 'before' ? 'Before the iteration starts: shift the whole schedule for that' : null} onChange={setStart} />}
        {typed && !chapter.dormant && (
          <Checkbox label="With an end: a promise, which moves no step" checked={endTyped} onChange={(event) => setEndTyped(event.currentTarget.checked)} />
        )}
        {typed && endTyped && <ZonedTimeField label="End" value={end} zone={zone} required error={wrong === 'backwards' ? 'Before its start' : null} onChange={setEnd} />}
        <small className="dim">Its {chapter.steps} {chapter.steps === 1 ? 'step takes' : 'steps take'} {length(chapter.minimumSeconds)} at least{chapter.dormant ? ', once somebody backs out' : ''}.</small>
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onCancel}>Cancel</Button>
          <Button size="sm" type="submit" disabled={wrong !== null || unreadable}>Set times</Button>
        </Group>
      </Stack>
    </form>
  )
}
