/**
 * One press, one request. A double press sends the same words twice, and the second would be told that somebody was
 * faster: it shares the answer of the first instead. Words that name a version, or are said again after something else
 * was, are other words.
 */

interface Sent {
  what: string
  answer: Promise<unknown>
}

/** What was sent last, while it is under way and until its answer has been drawn. */
let last: Sent | null = null

/** Begins anew: what comes next is another press. */
export const forgetSent = (): void => {
  last = null
}

/** The two presses of one double press, at the very most. */
export const drawnMs = 700

/** Does it, or shares the answer of the same that is under way or was answered this moment. What was refused may be tried again at once. */
export function once<T>(what: string, go: () => Promise<T>): Promise<T> {
  if (last?.what === what) return last.answer as Promise<T>
  const sent: Sent = { what, answer: go() }
  last = sent
  const forget = () => {
    if (last === sent) last = null
  }
  sent.answer.then(() => window.setTimeout(forget, drawnMs), forget)
  return sent.answer as Promise<T>
}
