import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ApiProblem, asProblem } from '../../api/problem'
import type { Supposition, WhatIf } from '../../api/types'
import { whatIfQuery } from '../../api/whatIf'
import { type Line, refusedLine, suppositionOf, wholeLines } from './lines'

/** Long enough for a word to be typed, short enough to feel like an answer. */
const patience = 400

export interface Outlooks {
  /** The lines that stand there now and are whole. */
  whole: Line[]
  answer: WhatIf | undefined
  /** A newer question is being typed or answered. */
  reckoning: boolean
  refusal: { problem: ApiProblem; line: Line | null } | null
  again: () => void
}

/** Asks again after each change of what is whole; the newest question wins. */
export function useOutlooks(iterationId: string, lines: readonly Line[]): Outlooks {
  const whole = wholeLines(lines)
  const asked = JSON.stringify(whole.map(suppositionOf))
  const [settled] = useDebouncedValue(asked, patience)
  const query = useQuery(whatIfQuery(iterationId, JSON.parse(settled) as Supposition[]))
  const reckoning = asked !== settled || query.isFetching
  const refused = query.isError && !reckoning
  const problem = refused ? asProblem(query.error) : null
  return {
    whole,
    answer: whole.length === 0 || query.isError ? undefined : query.data,
    reckoning: whole.length > 0 && reckoning,
    refusal: problem === null || whole.length === 0 ? null : { problem, line: refusedLine(problem, whole) },
    again: () => void query.refetch(),
  }
}
