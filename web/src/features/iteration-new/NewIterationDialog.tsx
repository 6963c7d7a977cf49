import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { IterationKind, PlanVersion } from '../../api/types'
import { kindWord } from '../../lib/states'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'
import { nextName } from './names'
import { useMakeIteration } from './useMakeIteration'
import { momentOf, type WallTime, wallTimeOf } from './zoned'
import { ZonedTimeField } from './ZonedTimeField'

const kinds: { value: IterationKind; about: string }[] = [
  { value: 'run', about: 'a rehearsal of the plan' },
  { value: 'dress_rehearsal', about: 'the last rehearsal, done as the cutover will be' },
  { value: 'cutover', about: 'the real one' },
]
const day = 86_400_000

interface Props {
  planName: string
  version: Pick<PlanVersion, 'id' | 'number' | 'steps'>
  zone: string
  taken: readonly string[]
  onClose: () => void
}

/** What the form holds, and what of it is not yet right. */
function useForm({ zone, taken }: Props) {
  const now = useNow(60_000)
  const [kind, setKind] = useState<IterationKind>('run')
  const [typed, setTyped] = useState<string | null>(null)
  const [start, setStart] = useState<WallTime>(() => ({ ...wallTimeOf(now + day, zone), time: '18:00' }))
  const [end, setEnd] = useState<WallTime>({ date: '', time: '' })
  const from = momentOf(start, zone).at
  const noEnd = end.date === '' && end.time === ''
  const to = noEnd ? null : momentOf(end, zone).at
  const early = from !== null && to !== null && to <= from
  const name = typed ?? nextName(kind, taken)
  const ready = name.trim() !== '' && from !== null && (noEnd || to !== null) && !early
  return { kind, setKind, name, setTyped, start, setStart, end, setEnd, from, to, early, ready }
}

/** Makes an iteration of an approved plan version: what it is called, what for, when. */
export function NewIterationDialog(props: Props) {
  const { planName, version, zone, onClose } = props
  const form = useForm(props)
  const make = useMakeIteration(onClose)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!form.ready || form.from === null || make.isPending) return
    make.mutate({
      planVersionId: version.id,
      name: form.name.trim(),
      kind: form.kind,
      plannedStart: new Date(form.from).toISOString(),
      windowEnd: form.to === null ? null : new Date(form.to).toISOString(),
    })
  }
  return (
    <Modal opened onClose={onClose} title="New iteration" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            Version {version.number} of {planName} is copied as it is: {version.steps} steps, rollback
            chapters included. What changes in the plan
            later does not change this iteration.
          </Text>
          <Radio.Group label="Kind" value={form.kind} onChange={(value) => form.setKind(value)}>
            <Stack gap={6} mt={4}>
              {kinds.map(({ value, about }) => <Radio key={value} value={value} label={`${kindWord[value]}: ${about}`} />)}
            </Stack>
          </Radio.Group>
          <TextInput
            label="Name" size="sm" required maxLength={60} value={form.name}
            onChange={(event) => {
              form.setTyped(event.currentTarget.value)
              // What was refused was another name.
              make.reset()
            }}
          />
          <ZonedTimeField label="Start" value={form.start} zone={zone} required onChange={form.setStart} />
          <ZonedTimeField
            label="End of the window" value={form.end} zone={zone} required={false} onChange={form.setEnd}
            error={form.early ? 'The window ends before it begins' : null}
          />
          {make.error && <ProblemNotice problem={asProblem(make.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!form.ready} loading={make.isPending}>Make {form.name.trim()}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
