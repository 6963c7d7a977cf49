import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { put } from '../../../api/client'
import { peopleQuery } from '../../../api/queries'
import type { PersonHere, Role } from '../../../api/types'
import { api } from '../../../lib/paths'
import { announce } from '../../../ui/announce'

export type CellState = 'rest' | 'saving' | 'saved' | 'refused'

const shownMs = 2_500

interface Touched {
  role: Role
  state: CellState
}

/** A mark that says how the last press went, and goes away by itself once it went well. */
function useTouched(): [Touched | null, (touched: Touched) => void] {
  const [touched, setTouched] = useState<Touched | null>(null)
  useEffect(() => {
    if (touched?.state !== 'saved' && touched?.state !== 'refused') return
    const timer = window.setTimeout(() => setTouched(null), shownMs)
    return () => window.clearTimeout(timer)
  }, [touched])
  return [touched, setTouched]
}

const same = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role))

/** One person's roles in a migration: pressed at once, saved one after the other, shown as the server has them. */
export function useSetRoles(migrationId: string, person: PersonHere) {
  const cache = useQueryClient()
  const { queryKey } = peopleQuery(migrationId)
  const [touched, setTouched] = useTouched()
  const [wanted, setWanted] = useState<Role[] | null>(null)
  const { mutate } = useMutation({
    // One after the other, so that each says what it found.
    scope: { id: `roles ${migrationId} ${person.userId}` },
    mutationFn: ({ roles, was }: { roles: Role[]; was: Role[]; role: Role }) =>
      put<PersonHere>(api.roles(migrationId, person.userId), { roles, was }),
    onSuccess: (now, { role }) => {
      cache.setQueryData(queryKey, (people) =>
        people?.some(({ userId }) => userId === now.userId) ? people.map((one) => (one.userId === now.userId ? now : one)) : [...(people ?? []), now],
      )
      setTouched({ role, state: 'saved' })
      announce(`The roles of ${now.name} are saved.`)
      // Whoever lost or got a role may see other things now: oneself too.
      void cache.invalidateQueries({ queryKey: ['migrations'] })
    },
    onError: async (_error, { role }) => {
      setTouched({ role, state: 'refused' })
      await cache.invalidateQueries({ queryKey })
      setWanted(null)
    },
  })
  // What is wanted is shown until the list says the same; were it let go before, the box would flicker.
  if (wanted !== null && same(wanted, person.roles)) setWanted(null)
  const held = wanted ?? person.roles
  return {
    held,
    stateOf: (role: Role): CellState => (touched?.role === role ? touched.state : 'rest'),
    toggle: (role: Role) => {
      const roles = held.includes(role) ? held.filter((one) => one !== role) : [...held, role]
      setWanted(roles)
      setTouched({ role, state: 'saving' })
      mutate({ roles, was: held, role })
    },
  }
}
