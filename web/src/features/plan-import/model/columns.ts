/** Which heading is which field, as a person says it. Pure. */
import type { ColumnMeaning } from '../../../api/types'

/** Heading → field, null where it is to be left aside; what is not in it stays as it was guessed. */
export type Said = Readonly<Record<string, string | null>>

const wasSaid = ({ reason }: ColumnMeaning): boolean => reason.includes('as you said')

/** All that a person has said by now: what was said before stands unless it is said anew. */
export function mappingOf(columns: readonly ColumnMeaning[], said: Said): Record<string, string | null> {
  const before = columns.filter((one) => one.heading !== '' && wasSaid(one)).map(({ heading, field }) => [heading, field] as const)
  return { ...Object.fromEntries(before), ...said }
}

/** The same with one more word of a person; to say what is there already takes an earlier word back. */
export const saying = (said: Said, { heading, field }: Pick<ColumnMeaning, 'heading' | 'field'>, wanted: string | null): Said => {
  const others = Object.entries(said).filter(([one]) => one !== heading)
  return Object.fromEntries(wanted === field ? others : [...others, [heading, wanted]])
}
