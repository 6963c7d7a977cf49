/** Asks that would come with each of a burst of events, at most one a while: the first at once, the last never lost. */

interface Held { again: (() => void) | null }

const held = new Map<string, Held>()

/** Does it now, or, if something of the same name was done within the last `pauseMs`, once more at their end. */
export function atMostEach(pauseMs: number, name: string, what: () => void): void {
  const known = held.get(name)
  if (known) {
    known.again = what
    return
  }
  const here: Held = { again: null }
  held.set(name, here)
  what()
  setTimeout(() => {
    held.delete(name)
    if (here.again) atMostEach(pauseMs, name, here.again)
  }, pauseMs)
}

/** The same for a second. */
export const atMostOnceASecond = (name: string, what: () => void): void => atMostEach(1_000, name, what)
