import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { catalogueQuery, scopeQuery } from '../../api/plan'
import { asProblem } from '../../api/problem'
import type { IterationKind, Plan, PlanVersion } from '../../api/types'
import { kindWord } from '../../lib/states'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'
import { EnvironmentFields } from './EnvironmentFields'
import { nextName } from './names'
import { ScopeWords } from './ScopeWords'
import { useMakeIteration } from './useMakeIteration'
import { momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'
import { ZonedTimeField } from '../../ui/ZonedTimeField'

const kinds: { value: IterationKind; about: string }[] = [
  { value: 'run', about: 'a rehearsal of the plan' },
  { value: 'dress_rehearsal', about: 'the last rehearsal, done as the cutover will be' },
  { value: 'cutover', about: 'the real one' },
]
const day = 86_400_000

interface Props {
  plan: Pick<Plan, 'name' | 'migrationId'>
  version: Pick<PlanVersion, 'id' | 'number' | 'steps'>
  zone: string
  taken: readonly string[]
  onClose: () => void
}

/** What of the plan it would be, asked anew as kind and name change; and what its environment roles may be. */
function useScope({ plan, version }: Props, kind: IterationKind, name: string) {
  const [settled] = useDebouncedValue(name, 300)
  const scope = useQuery({ ...scopeQuery(version.id, kind, settled), enabled: settled !== '', placeholderData: keepPreviousData })
  const environments = useQuery(catalogueQuery(plan.migrationId, 'environments'))
  const [picked, setPicked] = useState<Record<string, string>>({})
  const roles = scope.data?.roles ?? []
  const complete = roles.every(({ code }) => picked[code] !== undefined)
  // Roles that another kind or name needed are not sent along.
  const chosen = Object.fromEntries(roles.flatMap(({ code }) => (picked[code] === undefined ? [] : [[code, picked[code]]])))
  const pick = (role: string, environment: string | null) => {
    if (environment !== null) setPicked((now) => ({ ...now, [role]: environment }))
  }
  const ready = !scope.isPlaceholderData && settled === name && scope.data !== undefined && scope.data.inScope > 0 && complete
  return { scope, roles, environments, chosen, pick, ready }
}

const blank = ({ date, time }: WallTime): boolean => date === '' && time === ''

/** The change window, each end of it optional. */
function useWindow(zone: string) {
  const [opens, setOpens] = useState<WallTime>({ date: '', time: '' })
  const [end, setEnd] = useState<WallTime>({ date: '', time: '' })
  const from = blank(opens) ? null : momentOf(opens, zone).at
  const to = blank(end) ? null : momentOf(end, zone).at
  return { opens, setOpens, end, setEnd, from, to, ready: (blank(opens) || from !== null) && (blank(end) || to !== null) }
}

/** What the form holds, and what of it is not yet right. */
function useForm(props: Props) {
  const { zone, taken } = props
  const now = useNow(60_000)
  const [kind, setKind] = useState<IterationKind>('run')
  const [typed, setTyped] = useState<string | null>(null)
  const [start, setStart] = useState<WallTime>(() => ({ ...wallTimeOf(now + day, zone), time: '18:00' }))
  const from = momentOf(start, zone).at
  const window = useWindow(zone)
  const early = from !== null && window.to !== null && window.to <= Math.max(from, window.from ?? from)
  const name = typed ?? nextName(kind, taken)
  const scope = useScope(props, kind, name.trim())
  const ready = name.trim() !== '' && scope.ready && from !== null && window.ready && !early
  return { kind, setKind, name, setTyped, start, setStart, window, from, early, scope, ready }
}

type Form = ReturnType<typeof useForm>

/** What it is called and for, and how much of the plan that makes it. */
function What({ form, onName }: { form: Form; onName: () => void }) {
  return (
    <>
      <Radio.Group label="Kind" value={form.kind} onChange={(value) => form.setKind(value)}>
        <Stack gap={6} mt={4}>
          {kinds.map(({ value, about }) => <Radio key={value} value={value} label={`${kindWord[value]}: ${about}`} />)}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Name" size="sm" required maxLength={60} value={form.name}
        onChange={(event) => {
          form.setTyped(event.currentTarget.value)
          onName()
        }}
      />
      <ScopeWords scope={form.scope.scope.data} error={form.scope.scope.error} />
    </>
  )
}

/** When, and where. */
function WhenAndWhere({ form, zone }: { form: Form; zone: string }) {
  const { roles, environments, chosen, pick } = form.scope
  return (
    <>
      <ZonedTimeField label="Start" value={form.start} zone={zone} required onChange={form.setStart} />
      <ZonedTimeField label="Start of the window" value={form.window.opens} zone={zone} required={false} onChange={form.window.setOpens} />
      <ZonedTimeField
        label="End of the window" value={form.window.end} zone={zone} required={false} onChange={form.window.setEnd}
        error={form.early ? 'The window ends before it begins' : null}
      />
      {environments.isError && <ProblemNotice problem={asProblem(environments.error)} />}
      {environments.data && <EnvironmentFields roles={roles} environments={environments.data} value={chosen} onChange={pick} />}
    </>
  )
}

/** Makes an iteration of an approved plan version: what it is called, what for, when, where. */
export function NewIterationDialog(props: Props) {
  const { plan, version, zone, onClose } = props
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
      windowStart: form.window.from === null ? null : new Date(form.window.from).toISOString(),
      windowEnd: form.window.to === null ? null : new Date(form.window.to).toISOString(),
      environments: form.scope.chosen,
    })
  }
  return (
    <Dialog onClose={onClose} title="New iteration">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            Version {version.number} of {plan.name} is copied as it is, rollback chapters included. What changes in the
            plan later does not change this iteration.
          </Text>
          {/* What was refused was another name. */}
          <What form={form} onName={make.reset} />
          <WhenAndWhere form={form} zone={zone} />
          {make.error && <ProblemNotice problem={asProblem(make.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!form.ready} loading={make.isPending}>Make {form.name.trim()}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
