/** Asks that would come with each of a burst of events, at most one a second: the first at once, the last never lost. */

const second = 1_000

interface Held { again: (() => void) | null }

const held = new Map<string, Held>()

/** Does it now, or, if something of the same name was done within the last second, once more at the second's end. */
export function atMostOnceASecond(name: string, what: () => void): void {
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
    if (here.again) atMostOnceASecond(name, here.again)
  }, second)
}
