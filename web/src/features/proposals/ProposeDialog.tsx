import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Iteration, StepDetail, Team } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { type Field, fields, fieldWord, firstText, minutesTaken, newValue } from './fields'
import { NewValueField } from './NewValueField'
import { usePropose } from './usePropose'

interface Props {
  iteration: Pick<Iteration, 'id' | 'name' | 'planName'>
  step: StepDetail
  teams: readonly Team[]
  onClose: () => void
}

const isField = (value: string): value is Field => (fields as readonly string[]).includes(value)

const minutes = (seconds: number): string => `${String(Math.round(seconds / 60))} min`

function measuredWords(step: StepDetail): string {
  const taken = minutesTaken(step)
  return `Planned ${minutes(step.durationSeconds)}${taken === null ? '' : `, took ${String(taken)} min this time`}`
}

/** The words, and perhaps a field with its new value. */
function useLesson(step: StepDetail) {
  const [lesson, setLesson] = useState('')
  const [field, setField] = useState<Field | null>(null)
  const [text, setText] = useState('')
  const read = field === null ? null : newValue(field, text, step)
  const wrong = read !== null && 'wrong' in read ? read.wrong : null
  // What the field began with is no mistake of whoever has typed nothing yet.
  const touched = field !== null && text !== firstText(field, step)
  const choose = (value: string) => {
    const next = isField(value) ? value : null
    setField(next)
    setText(next === null ? '' : firstText(next, step))
  }
  return {
    lesson, setLesson, field, choose, text, setText, wrong: touched ? wrong : null,
    value: read !== null && 'to' in read ? read.to : null,
    ready: lesson.trim() !== '' && wrong === null,
  }
}

/** Writes down what a step taught, for the plan: in words, and where one can be named with a new value. */
export function ProposeDialog({ iteration, step, teams, onClose }: Props) {
  const form = useLesson(step)
  const propose = usePropose(iteration.id, step.code, onClose)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (form.ready && !propose.isPending) propose.mutate({ lesson: form.lesson.trim(), field: form.field, value: form.value })
  }
  return (
    <Dialog onClose={onClose} title={`Propose for the plan: ${step.code}`}>
      <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
        <Stack gap="sm">
          <Text size="sm">
            {iteration.name} stays as it is. A pilot takes the proposal into the next version of {iteration.planName}, or says why not.
          </Text>
          <Textarea
            data-autofocus label="What was learned" size="sm" autosize minRows={3} maxRows={10} maxLength={2000} required value={form.lesson}
            onChange={(event) => form.setLesson(event.currentTarget.value)}
          />
          <NativeSelect
            label="What should be different in the plan" size="sm" value={form.field ?? ''} onChange={(event) => form.choose(event.currentTarget.value)}
            data={[{ value: '', label: 'In words alone' }, ...fields.map((field) => ({ value: field, label: fieldWord[field] }))]}
          />
          {form.field !== null && (
            <NewValueField field={form.field} text={form.text} wrong={form.wrong} teams={teams} measured={measuredWords(step)} onChange={form.setText} />
          )}
          {propose.error && <ProblemNotice problem={asProblem(propose.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!form.ready} loading={propose.isPending} rightSection={<Kbd of="Mod+Enter" />}>Propose</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
