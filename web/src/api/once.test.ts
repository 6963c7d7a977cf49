import { expect, test, vi } from 'vitest'
import { drawnMs, once } from './once'

test('a double press is one request with one answer, also when the first is answered before the second comes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const go = vi.fn(() => Promise.resolve('saved'))
  const presses = [once('save v1', go), once('save v1', go)]
  expect(await Promise.all(presses)).toEqual(['saved', 'saved'])
  expect(await once('save v1', go)).toBe('saved')
  expect(go).toHaveBeenCalledTimes(1)
  // Once the answer has been on screen it is another press.
  await vi.advanceTimersByTimeAsync(drawnMs)
  await once('save v1', go)
  expect(go).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

test('another version, something else in between, and a try after a refusal are sent', async () => {
  const go = vi.fn(() => Promise.resolve('done'))
  await once('on', go)
  await once('off', go)
  await once('on', go)
  await once('on v2', go)
  expect(go).toHaveBeenCalledTimes(4)
  const refused = vi.fn(() => Promise.reject(new Error('refused')))
  await expect(once('try', refused)).rejects.toThrow('refused')
  await expect(once('try', refused)).rejects.toThrow('refused')
  expect(refused).toHaveBeenCalledTimes(2)
})
