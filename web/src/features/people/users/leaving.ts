/** What somebody leaves behind who is shut out, in sentences. Pure. */
import type { Leaves, PersonHere } from '../../../api/types'
import { roleWord } from '../../../lib/states'

/** A migration's name, and who is who in it. */
export interface Crew {
  migration: string
  people: readonly PersonHere[]
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`

/** Whom a night misses when one has nobody left to hold it. */
const held = ['pilot', 'approver', 'data_lead'] as const

function lastIn({ migration, people }: Crew, userId: string): string[] {
  const person = people.find((one) => one.userId === userId)
  if (!person) return []
  const others = people.filter((one) => one.active && one.userId !== userId)
  const teams = person.teams.filter(({ id }) => !others.some((one) => one.teams.some((team) => team.id === id))).map(({ code }) => code)
  const roles = held.filter((role) => person.roles.includes(role) && !others.some((one) => one.roles.includes(role)))
  return [
    ...(teams.length > 0 ? [`${person.name} is the only one in ${listed(teams)} of ${migration}: ${teams.length === 1 ? 'its' : 'their'} steps stay, and nobody gets the messages.`] : []),
    ...roles.map((role) => `${person.name} is the only ${roleWord[role] ?? role} of ${migration}.`),
  ]
}

/** Before: which teams and offices have nobody else, as the migrations stand now. */
export const effectsOf = (crews: readonly Crew[], userId: string): string[] => crews.flatMap((crew) => lastIn(crew, userId))

/** After: what the server says that was left. */
export function leftWords(name: string, leaves: Leaves | null): string {
  const empty = leaves?.soleMemberOf ?? []
  const teams = empty.length === 0 ? '' : ` ${listed(empty)} ${empty.length === 1 ? 'has' : 'have'} nobody left.`
  return `${name} is shut out.${teams}`
}
