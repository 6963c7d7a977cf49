/** Who looks at My work, and what runs: what to say when the list is empty. Pure. */
import type { IterationSummary, Migration } from '../../api/types'
import { type IterationStateName, roleWord } from '../../lib/states'

/** An iteration that runs now, with where its runsheet is. */
export interface Running {
  iteration: IterationSummary
  migrationKey: string
  migrationName: string
}

const running: readonly IterationStateName[] = ['live', 'on_hold', 'backing_out']

export const runningOf = (migrations: readonly Migration[]): Running[] =>
  migrations.flatMap(({ key, name, iterations }) =>
    iterations.filter(({ state }) => running.includes(state))
      .map((iteration) => ({ iteration, migrationKey: key, migrationName: name })),
  )

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`

/** Why this list has nothing for who is no member of a team, and where their work is; null for members. */
export function otherThanMember(migrations: readonly Migration[], isAdmin: boolean): string | null {
  const roles = new Set<string>(migrations.flatMap((migration) => migration.roles))
  if (roles.has('member')) return null
  const words = [...(isAdmin ? ['admin'] : []), ...[...roles].toSorted().map((role) => roleWord[role] ?? role)]
  const who = words.length === 0
    ? 'You have no role in any migration yet: an admin gives them.'
    : `You are here as ${listed(words)}, not as a member of a team.`
  const gates = roles.has('approver') ? ' A gate that waits for your decision comes up here by itself, and by mail.' : ''
  return `My work lists what one’s teams have to do. ${who}${gates}`
}
