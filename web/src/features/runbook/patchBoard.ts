import type { QueryClient } from '@tanstack/react-query'
import { boardQuery } from '../../api/queries'
import type { StepRow } from '../../api/types'

/**
 * Puts a row that came with a refusal onto the board, ahead of its event. The board's number stays: the event
 * still comes and says the same, with all that follows from it.
 */
export function patchRow(cache: QueryClient, iterationId: string, answered: StepRow): void {
  cache.setQueryData(boardQuery(iterationId).queryKey, (board) => {
    if (!board) return board
    const known = board.steps.find((row) => row.id === answered.id)
    if (!known || answered.version <= known.version) return board
    // A step's detail holds more than a row: only what a row has is taken.
    const fields = Object.keys(known).map((name) => [name, answered[name as keyof StepRow]])
    const row = { ...known, ...(Object.fromEntries(fields) as Partial<StepRow>) }
    return { ...board, steps: board.steps.map((step) => (step.id === row.id ? row : step)) }
  })
}
