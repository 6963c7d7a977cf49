import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import type { SubmitEvent } from 'react'
import type { PlanType } from '../../../api/plan'
import type { Behaviour } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useItemForm } from './useForm'

type Fields = Pick<PlanType, 'code' | 'name' | 'behaviour'>
const empty: Fields = { code: '', name: '', behaviour: 'work' }

export const behaviourWords: Record<Behaviour, string> = {
  work: 'Work: a team does it', checkpoint: 'Checkpoint: something is verified', gate: 'Gate: somebody decides', milestone: 'Milestone: a point in time',
}

/** Adds a type of step of the plan's own, or changes one. */
export function TypeDialog({ type, onClose }: { type: PlanType | null; onClose: () => void }) {
  const { fields, set, problem, busy, submit } = useItemForm<Fields>('type', type, empty, onClose)
  const ready = fields.code.trim() !== '' && fields.name.trim() !== ''
  return (
    <Dialog onClose={onClose} title={type ? `Type ${type.code}` : 'Add a type'}>
      <form onSubmit={(event: SubmitEvent) => { event.preventDefault(); if (ready && !busy) submit() }}>
        <Stack gap="sm">
          <TextInput size="sm" label="Code" required data-autofocus={type === null || undefined} value={fields.code} onChange={(event) => set({ code: event.currentTarget.value })} />
          <TextInput size="sm" label="Name" required value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <Select
            size="sm" label="How its steps behave" allowDeselect={false} value={fields.behaviour} data={Object.entries(behaviourWords).map(([value, label]) => ({ value, label }))}
            onChange={(behaviour) => set({ behaviour: (behaviour ?? 'work') as Behaviour })}
          />
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={busy}>{type ? 'Save' : 'Add'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
