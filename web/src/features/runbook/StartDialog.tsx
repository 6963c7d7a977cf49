import { Alert, Button, Group, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { startCheckQuery } from '../../api/queries'
import type { Comms, Iteration, StartCheck } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { NumberField } from '../../ui/NumberField'
import { ErrorState } from '../../ui/states'
import { WhyOff } from '../../ui/WhyOff'
import { useZone } from '../../ui/zone'
import { Findings, stops } from './Findings'
import { beginsWords, effectOnTimes, isFarOff, isOff, movesByDefault } from './startWords'

interface Props {
  iteration: Iteration
  onStart: (choice: { comms: Comms; rebase: boolean; takeSeconds: number; upcomingSeconds: number }) => void
  onClose: () => void
}

const people = (check: StartCheck) =>
  `${check.people} ${check.people === 1 ? 'person' : 'people'} in ${check.teams} ${check.teams === 1 ? 'team' : 'teams'}`

const effectOf = (check: StartCheck, comms: Comms | null): string => {
  if (comms === null) return `Choose whether ${people(check)} are to be told.`
  if (comms === 'off') return `Nobody is mailed: the messages to ${people(check)} are suppressed and stay so.`
  if (comms === 'test') return `Messages meant for ${people(check)} go to you alone, or to the test address where one is set.`
  return `This will mail ${people(check)}, each when their steps are activated.`
}

function Times({ iteration, lateBy, moved, onMove }: { iteration: Iteration; lateBy: number; moved: boolean; onMove: (moved: boolean) => void }) {
  const { zone } = useZone()
  const effect = effectOnTimes(iteration, lateBy, moved, zone)
  return (
    <>
      {isFarOff(lateBy) && (
        <Alert color="orange" title={beginsWords(iteration, lateBy, zone)} p="xs" styles={{ title: { color: 'var(--t-ink)' } }} data-testid="start-times">
          {effect}
        </Alert>
      )}
      <Radio.Group label="Planned times" value={moved ? 'move' : 'keep'} onChange={(value) => onMove(value === 'move')}>
        <Stack gap={6} mt={6}>
          <Radio value="move" label="Move the planned times to now" />
          <Radio value="keep" label="Keep them: delays are measured against the times as planned" />
        </Stack>
      </Radio.Group>
    </>
  )
}

type Typed = number | null | undefined

function Minutes({ label, value, most, onChange }: { label: string; value: Typed; most: number; onChange: (minutes: Typed) => void }) {
  return <NumberField label={label} size="xs" w={210} unit="min" rules={{ whole: true, min: 1, max: most }} missing="A number of minutes" value={value} onChange={onChange} />
}

/** Why it cannot be started as the form stands, beside what the check found; null where nothing is in the way. */
function whyNot(comms: Comms | null, take: Typed, upcoming: Typed): string | null {
  if (comms === null) return 'Choose first who is mailed.'
  return typeof take === 'number' && typeof upcoming === 'number' ? null : 'The minutes below the messages are not right yet.'
}

function StartForm({ iteration, check, onStart, onClose }: Props & { check: StartCheck }) {
  // A rehearsal is quiet unless one chooses otherwise; a cutover's choice is nobody's default.
  const [comms, setComms] = useState<Comms | null>(iteration.kind === 'cutover' ? null : 'off')
  const [rebase, setRebase] = useState(movesByDefault(check.lateBySeconds))
  const [take, setTake] = useState<Typed>(iteration.takeSeconds / 60)
  const [upcoming, setUpcoming] = useState<Typed>(iteration.upcomingSeconds / 60)
  const stopped = stops(check.findings)
  const why = whyNot(comms, take, upcoming)
  const start = () => {
    if (comms !== null && typeof take === 'number' && typeof upcoming === 'number') onStart({ comms, rebase, takeSeconds: take * 60, upcomingSeconds: upcoming * 60 })
  }
  return (
    <Stack gap="sm">
      {isOff(check.lateBySeconds) && <Times iteration={iteration} lateBy={check.lateBySeconds} moved={rebase} onMove={setRebase} />}
      <Radio.Group label="Messages to the teams" value={comms} onChange={(value) => setComms(value)} required>
        <Stack gap={6} mt={6}>
          <Radio value="on" label="On: the teams are mailed" />
          <Radio value="test" label="Test: mails go to you alone (or the test address)" />
          <Radio value="off" label="Off: no mails" />
        </Stack>
      </Radio.Group>
      <Text size="sm" fw={600} data-testid="start-effect">{effectOf(check, comms)}</Text>
      <Group gap="md" align="end">
        <Minutes label="Told before its planned start" value={upcoming} most={1440} onChange={setUpcoming} />
        <Minutes label="Nobody took it: told to the pilots" value={take} most={120} onChange={setTake} />
      </Group>
      <Findings findings={check.findings} stopping="These stop the start" warning="The plan check found" />
      <Group justify="flex-end" gap="xs">
        {why !== null && <WhyOff>{why}</WhyOff>}
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button disabled={why !== null || stopped} onClick={start}>
          Start {iteration.name}
        </Button>
      </Group>
    </Stack>
  )
}

/** Start asks once and names its effect, from the server's own check. */
export function StartDialog(props: Props) {
  const check = useQuery(startCheckQuery(props.iteration.id))
  return (
    <Dialog onClose={props.onClose} title={`Start ${props.iteration.name}`}>
      {check.data && <StartForm {...props} check={check.data} />}
      {check.isPending && <Stack gap="sm"><Skeleton h={18} /><Skeleton h={18} w="70%" /><Skeleton h={60} /></Stack>}
      {check.isError && <ErrorState problem={asProblem(check.error)} onRetry={() => void check.refetch()} />}
    </Dialog>
  )
}
