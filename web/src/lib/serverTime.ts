import { createStore } from './store'

/** How far the server's clock is ahead of this machine's, in milliseconds. The server's is the one that counts. */
const offset = createStore(0)

/** Notes what the server said the time is. Jitter of the line is let pass, so that clocks do not twitch. */
export function noteServerTime(iso: string, here: number = Date.now()): void {
  const found = Date.parse(iso) - here
  if (Number.isFinite(found) && Math.abs(found - offset.get()) > 750) offset.set(found)
}

/** The server's now, in milliseconds. */
export const serverNow = (here: number = Date.now()): number => here + offset.get()

export const onServerTimeMoved = (listener: () => void): (() => void) => offset.subscribe(listener)
