import { QueryClient, QueryClientProvider, useMutation } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useOnce } from './useOnce'

test('two presses in one breath are one request; when it is answered, or refused, it can be pressed again', async () => {
  const sent: number[] = []
  const ends: ((well: boolean) => void)[] = []
  const send = (n: number) => new Promise<void>((resolve, reject) => {
    sent.push(n)
    ends.push((well) => { if (well) resolve(); else reject(new Error('refused')) })
  })
  const cache = new QueryClient()
  const { result } = renderHook(() => useOnce(useMutation({ mutationFn: send })), {
    wrapper: ({ children }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>,
  })
  act(() => { result.current.mutate(1); result.current.mutate(2) })
  await vi.waitFor(() => expect(sent).toEqual([1]))
  act(() => { ends[0]?.(false) })
  await vi.waitFor(() => expect(result.current.isError).toBe(true))
  act(() => { result.current.mutate(3) })
  await vi.waitFor(() => expect(sent).toEqual([1, 3]))
})
