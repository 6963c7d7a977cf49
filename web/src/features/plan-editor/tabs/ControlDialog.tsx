import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { SubmitEvent } from 'react'
import type { PlanControl } from '../../../api/plan'
import { Dialog } from '../../../ui/Dialog'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useEditor } from '../context'
import { useItemForm } from './useForm'

const empty: PlanControl = { code: '', name: '', description: '', producer: null, validator: null, critical: false }

/** Adds a control, or changes one. */
export function ControlDialog({ control, onClose }: { control: PlanControl | null; onClose: () => void }) {
  const { plan } = useEditor()
  const { fields, set, problem, busy, submit } = useItemForm('control', control, empty, onClose)
  const teams = plan.teams.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))
  const ready = fields.code.trim() !== '' && fields.name.trim() !== ''
  return (
    <Dialog onClose={onClose} title={control ? `Control ${control.code}` : 'Add a control'}>
      <form onSubmit={(event: SubmitEvent) => { event.preventDefault(); if (ready && !busy) submit() }}>
        <Stack gap="sm">
          <TextInput size="sm" label="Code" required data-autofocus={control === null || undefined} value={fields.code} onChange={(event) => set({ code: event.currentTarget.value })} />
          <TextInput size="sm" label="Name" required value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <Textarea size="sm" label="Description" autosize minRows={2} value={fields.description} onChange={(event) => set({ description: event.currentTarget.value })} />
          <Select size="sm" label="Producer" placeholder="None" clearable searchable data={teams} value={fields.producer} onChange={(producer) => set({ producer })} />
          <Select size="sm" label="Validator" placeholder="None" clearable searchable data={teams} value={fields.validator} onChange={(validator) => set({ validator })} />
          <Checkbox label="Critical: the cutover is not ready without it" checked={fields.critical} onChange={(event) => set({ critical: event.currentTarget.checked })} />
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={busy}>{control ? 'Save' : 'Add'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
