import { useWatchIteration } from '../../api/live/context'

/** Keeps one iteration's part of the list fresh; draws nothing. */
export function WatchHead({ migrationId, iterationId, seq }: { migrationId: string | undefined; iterationId: string; seq: number }) {
  useWatchIteration(migrationId, iterationId, seq)
  return null
}
