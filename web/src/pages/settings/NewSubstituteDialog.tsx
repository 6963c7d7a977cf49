import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import { peopleQuery, usersQuery } from '../../api/queries'
import type { Migration } from '../../api/types'
import { momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'
import { ZonedTimeField } from '../../ui/ZonedTimeField'
import { useNameSubstitute } from '../../features/people/substitutes/useSubstitute'
import { roleWord } from '../../lib/states'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'

interface Props {
  migration: Migration
  zone: string
  /** Admins may name anybody; others see those of the migration. */
  admin: boolean
  onClose: () => void
}

const hour = 3_600_000

/** Who may be away, and who may act: everybody who is active, with what they are here. */
function usePeople({ migration, admin }: Pick<Props, 'migration' | 'admin'>) {
  const here = (useQuery(peopleQuery(migration.id)).data ?? []).filter(({ active }) => active)
  const all = useQuery({ ...usersQuery, enabled: admin }).data ?? []
  const away = here.map(({ userId, name, roles, teams }) => {
    const what = [...roles.map((role) => roleWord[role] ?? role), ...teams.map(({ code }) => code)].join(', ')
    return { value: userId, label: what === '' ? name : `${name} · ${what}` }
  })
  const others = all.filter((user) => user.active && !here.some(({ userId }) => userId === user.id)).map(({ id, name }) => ({ value: id, label: name }))
  return { away, acting: [...here.map(({ userId, name }) => ({ value: userId, label: name })), ...others] }
}

function useTimes(zone: string) {
  const now = useNow(60_000)
  const [start, setStart] = useState<WallTime>(() => wallTimeOf(now, zone))
  const [end, setEnd] = useState<WallTime>(() => wallTimeOf(now + 10 * hour, zone))
  const [from, until] = [momentOf(start, zone).at, momentOf(end, zone).at]
  return { start, setStart, end, setEnd, from, until, early: from !== null && until !== null && until <= from }
}

/** Names who acts for whom, from when until when. */
export function NewSubstituteDialog({ migration, zone, admin, onClose }: Props) {
  const { away, acting } = usePeople({ migration, admin })
  const [absent, setAbsent] = useState<string | null>(null)
  const [substitute, setSubstitute] = useState<string | null>(null)
  const { start, setStart, end, setEnd, from, until, early } = useTimes(zone)
  const name = useNameSubstitute(migration.id, (made) => {
    say(`${made.substitute.name} acts for ${made.absent.name}.`)
    onClose()
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (absent === null || substitute === null || from === null || until === null || early || name.isPending) return
    name.mutate({ absentId: absent, substituteId: substitute, iterationId: null, from: new Date(from).toISOString(), until: new Date(until).toISOString() })
  }
  const select = { size: 'sm', searchable: true, clearable: false, required: true, maxDropdownHeight: 220, nothingFoundMessage: 'Nobody is called that' } as const
  return (
    <Dialog onClose={onClose} title="Name a substitute">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">The substitute may do in {migration.name} what the other may, until the time is over. Both names stand in the log.</Text>
          <Select {...select} data-autofocus label="Who is away" placeholder="Type a name" data={away} value={absent} onChange={setAbsent} />
          <Select {...select} label="Who acts for them" placeholder="Type a name" data={acting.filter(({ value }) => value !== absent)} value={substitute} onChange={setSubstitute} />
          <ZonedTimeField label="From" value={start} zone={zone} required onChange={setStart} />
          <ZonedTimeField label="Until" value={end} zone={zone} required error={early ? 'This is before it begins' : null} onChange={setEnd} />
          {name.error && <ProblemNotice problem={asProblem(name.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button
              size="sm" type="submit" loading={name.isPending}
              disabled={absent === null || substitute === null || from === null || until === null || early}
            >
              Name the substitute
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
