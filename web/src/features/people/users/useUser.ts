import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post } from '../../../api/client'
import { cacheKeys } from '../../../api/queries'
import type { ChangedUser, User } from '../../../api/types'
import { api } from '../../../lib/paths'
import { say } from '../../../ui/notify'

export interface UserFields {
  name: string
  email: string
  phone: string | null
  isAdmin: boolean
}

/** What shows people anew after one of them changed: the list, and each migration's crew and teams. */
function useRefresh() {
  const cache = useQueryClient()
  return () => {
    for (const key of ['people', 'teams', 'substitutes']) void cache.invalidateQueries({ queryKey: [key] })
    return cache.invalidateQueries({ queryKey: cacheKeys.users })
  }
}

export function useAddUser(onDone: (user: User) => void) {
  const refresh = useRefresh()
  return useMutation({
    meta: { quiet: true },
    mutationFn: (fields: UserFields) => post<User>(api.users(), fields),
    onSuccess: async (user) => {
      await refresh()
      onDone(user)
    },
  })
}

/** Changes some fields of a person as they were read; who else changed them meanwhile wins, and is shown. */
export function useChangeUser(onDone: (changed: ChangedUser) => void) {
  const refresh = useRefresh()
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ id, version, ...fields }: { id: string; version: number } & Partial<UserFields> & { active?: boolean }) =>
      patch<ChangedUser>(api.user(id), version, fields),
    onSuccess: async (changed) => {
      await refresh()
      onDone(changed)
    },
    onError: () => void refresh(),
  })
}

/** Lets somebody in again: nothing is lost by it, so it is done at once. A refusal is said where refusals are. */
export function useLetIn() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) => patch<ChangedUser>(api.user(id), version, { active: true }),
    onSuccess: async ({ user }) => {
      say(`${user.name} may sign in again.`)
      await refresh()
    },
    onError: () => void refresh(),
  })
}
