import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)

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
