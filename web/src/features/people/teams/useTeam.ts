import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post, put, remove } from '../../../api/client'
import { cacheKeys } from '../../../api/queries'
import type { TeamHere } from '../../../api/types'
import { api } from '../../../lib/paths'

export interface TeamFields {
  code: string
  name: string
  email: string | null
  phone: string | null
}

/** What shows teams anew: the list itself, and who is in which. */
export function useTeamsChanged(migrationId: string) {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: cacheKeys.people(migrationId) })
    return cache.invalidateQueries({ queryKey: cacheKeys.teams(migrationId) })
  }
}

/** Makes a team, or changes one as it was read. */
export function useSaveTeam(migrationId: string, team: TeamHere | null, onDone: (team: TeamHere) => void) {
  const changed = useTeamsChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ code, ...rest }: TeamFields) =>
      team ? patch<TeamHere>(api.team(team.id), team.version, rest) : post<TeamHere>(api.migrationTeams(migrationId), { code, ...rest }),
    onSuccess: async (saved) => {
      await changed()
      onDone(saved)
    },
    onError: () => void changed(),
  })
}

export function useSetMembers(migrationId: string, team: TeamHere, onDone: (team: TeamHere) => void) {
  const changed = useTeamsChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ userIds, was }: { userIds: string[]; was: string[] }) => put<TeamHere>(api.teamMembers(team.id), { userIds, was }),
    onSuccess: async (saved) => {
      await changed()
      onDone(saved)
    },
    onError: () => void changed(),
  })
}

export function useDeleteTeam(migrationId: string, team: TeamHere, onDone: () => void) {
  const changed = useTeamsChanged(migrationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: () => remove(api.team(team.id)),
    onSuccess: async () => {
      await changed()
      onDone()
    },
  })
}
