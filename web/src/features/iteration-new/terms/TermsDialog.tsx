import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import { peopleQuery } from '../../../api/queries'
import type { Iteration, PersonHere } from '../../../api/types'
import { wallTimeOf } from '../../../lib/zoned'
import { millis } from '../../../lib/time'
import { Dialog } from '../../../ui/Dialog'
import { NumberField } from '../../../ui/NumberField'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { WhyOff } from '../../../ui/WhyOff'
import { ZonedTimeField } from '../../../ui/ZonedTimeField'
import { BlackoutFields } from './BlackoutFields'
import { formOf, readForm, type TermsForm, type Wrong } from './terms'
import { TermsFacts } from './TermsFacts'
import { useTerms } from './useTerms'

const decisionRules = { min: 0, max: 1440 }
const volumeRules = { above: 0, max: 1e15 }
const deciding: readonly string[] = ['approver', 'pilot']

/** Those who may decide to turn back; whoever is named already stays, whatever became of their role. */
function deciders(people: readonly PersonHere[], now: Iteration['decider']) {
  const able = people
    .filter(({ active, roles }) => active && roles.some((role) => deciding.includes(role)))
    .map(({ userId, name, roles }) => ({ value: userId, label: `${name} · ${deciding.filter((role) => roles.some((one) => one === role)).join(', ')}` }))
  return now === null || able.some(({ value }) => value === now.id) ? able : [...able, { value: now.id, label: `${now.name} · neither approver nor pilot any more` }]
}

interface FieldsProps { iteration: Iteration; form: TermsForm; wrong: Wrong; set: (change: Partial<TermsForm>) => void }

function Fields({ iteration, form, wrong, set }: FieldsProps) {
  const { zone, id } = iteration.migration
  const people = useQuery(peopleQuery(id))
  return (
    <>
      <ZonedTimeField label="Window opens" value={form.windowStart} zone={zone} required={false} onChange={(windowStart) => set({ windowStart })} />
      <ZonedTimeField label="Window ends" value={form.windowEnd} zone={zone} required={false} error={wrong.windowEnd} onChange={(windowEnd) => set({ windowEnd })} />
      <Select
        label="Who decides to turn back" size="sm" placeholder="Nobody named" clearable searchable data={deciders(people.data ?? [], iteration.decider)}
        value={form.deciderId} onChange={(deciderId) => set({ deciderId })} nothingFoundMessage="No approver or pilot is called that"
      />
      <NumberField
        label="Minutes that this decision takes" description="They are taken off the last moment at which one can still turn back." missing="A number of minutes"
        rules={decisionRules} value={form.decisionMinutes} onChange={(decisionMinutes) => set({ decisionMinutes })}
      />
      <NumberField
        label="Data volume (optional)" description="How much data it moves, in the unit your team uses. Durations learned from other iterations are scaled by it."
        rules={volumeRules} value={form.dataVolume} onChange={(dataVolume) => set({ dataVolume })}
      />
      <BlackoutFields value={form.blackouts} wrong={wrong.blackouts} zone={zone} from={millis(iteration.plannedStart) ?? 0} onChange={(blackouts) => set({ blackouts })} />
    </>
  )
}

interface Props {
  iteration: Iteration
  /** The end of the window that is proposed in it; nothing of it is agreed on before it is saved. */
  windowEnd?: string | undefined
  onClose: () => void
}

function Form({ iteration, windowEnd, onClose }: Props) {
  const { zone } = iteration.migration
  const [seen] = useState(iteration)
  const [form, setForm] = useState(() => ({ ...formOf(iteration, zone), ...(windowEnd === undefined ? {} : { windowEnd: wallTimeOf(Date.parse(windowEnd), zone) }) }))
  const terms = useTerms(seen, iteration, onClose)
  const read = readForm(form, seen, zone)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!read.ready || terms.isPending) return
    if (Object.keys(read.change).length === 0) onClose()
    else terms.mutate(read.change)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">What was agreed on for {iteration.name}. Nothing starts or stops by it: forecasts and the last safe moment to turn back are reckoned with it.</Text>
        <Fields iteration={seen} form={form} wrong={read.wrong} set={(change) => setForm((now) => ({ ...now, ...change }))} />
        {terms.error && <ProblemNotice problem={asProblem(terms.error)} />}
        <Group justify="flex-end" gap="xs">
          {!read.ready && <WhyOff>{read.why}</WhyOff>}
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" type="submit" disabled={!read.ready} loading={terms.isPending}>Save the terms</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The window of an iteration, its blackouts, how much data it moves, and who decides to turn back. */
export function TermsDialog({ iteration, windowEnd, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title={`Terms of ${iteration.name}`}>
      {iteration.mayChangeTerms ? <Form iteration={iteration} windowEnd={windowEnd} onClose={onClose} /> : <TermsFacts terms={iteration} zone={iteration.migration.zone} />}
    </Dialog>
  )
}
