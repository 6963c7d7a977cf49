import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { forgetSent } from '../src/api/once'
import { noteServerTime } from '../src/lib/serverTime'

afterEach(cleanup)
afterEach(forgetSent)
// The nights of the tests are in this year, in which it need not be said.
noteServerTime('2026-11-22T01:10:05Z')

// jsdom knows neither of these; Mantine asks for both while it mounts.
window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })

const nothing = (): void => undefined
window.ResizeObserver = class {
  observe = nothing
  unobserve = nothing
  disconnect = nothing
}

// Nor does it load fonts; a text field that grows with its text listens for them.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })
