import type { UseMutationResult } from '@tanstack/react-query'
import { useRef } from 'react'

/**
 * A mutation that is under way at most once: what is pressed while it is, is not sent. `isPending` alone comes too late
 * for a double press, for it is drawn a moment after. What follows an answer is said where the mutation is made.
 */
export function useOnce<T, E, V, C>(mutation: UseMutationResult<T, E, V, C>): UseMutationResult<T, E, V, C> {
  const underWay = useRef(false)
  const mutate = (given: V) => {
    if (underWay.current) return
    underWay.current = true
    void mutation.mutateAsync(given).catch(() => undefined).finally(() => { underWay.current = false })
  }
  return { ...mutation, mutate } as UseMutationResult<T, E, V, C>
}
