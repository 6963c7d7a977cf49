import { Text } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { migrationsQuery, peopleQuery } from '../../../api/queries'
import type { User } from '../../../api/types'
import { say } from '../../../ui/notify'
import { LoadingRows } from '../../../ui/states'
import { AskOnce } from '../AskOnce'
import classes from '../people.module.css'
import { effectsOf, leftWords } from './leaving'
import { useChangeUser } from './useUser'

/** What would be left with nobody, over all migrations; `unknown` where the server did not say. */
function useEffects(userId: string): { effects: string[]; pending: boolean; unknown: boolean } {
  const migrations = useQuery(migrationsQuery)
  const found = useQueries({ queries: (migrations.data ?? []).map(({ id }) => ({ ...peopleQuery(id), staleTime: 0 })) })
  const crews = (migrations.data ?? []).flatMap(({ name }, at) => {
    const people = found[at]?.data
    return people ? [{ migration: name, people }] : []
  })
  return {
    effects: effectsOf(crews, userId),
    pending: migrations.isPending || found.some(({ isPending }) => isPending),
    unknown: migrations.isError || found.some(({ isError }) => isError),
  }
}

/** Shuts a person out: names what that does, asks once, and says what was left. */
export function ShutOutDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { effects, pending, unknown } = useEffects(user.id)
  const change = useChangeUser(({ leaves }) => {
    say(leftWords(user.name, leaves), leaves && leaves.soleMemberOf.length > 0 ? 'orange' : 'gray')
    onClose()
  })
  const asking = { ...change, mutate: () => change.mutate({ id: user.id, version: user.version, active: false }) }
  return (
    <AskOnce title={`Shut out ${user.name}?`} button="Shut out" keep="Leave it" asking={asking} onClose={onClose}>
      <Text size="sm">
        Their sessions end at once; links, password and tokens stop working. Nothing they did is lost, roles and teams stay, and you can let them in again.
      </Text>
      {pending && <LoadingRows rows={2} label="Looking what would be left" />}
      {effects.length > 0 && <ul className={classes.effect} data-testid="shut-out-effect">{effects.map((effect) => <li key={effect}>{effect}</li>)}</ul>}
      {!pending && unknown && <Text size="sm" c="dimmed">What their teams would be left with could not be read just now.</Text>}
    </AskOnce>
  )
}
