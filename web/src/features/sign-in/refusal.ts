import type { ApiProblem } from '../../api/problem'

/** What to show when a link did not sign anybody in. */
export interface Refusal {
  title: string
  what: string
  todo: string
  /** The same link may still work: nothing was decided about it. */
  again: boolean
}

const refusals: Record<string, Omit<Refusal, 'again'>> = {
  link_used: {
    title: 'This link was used already',
    what: 'Each sign-in link works once, so that a forwarded mail cannot sign in somebody else.',
    todo: 'Ask for a new one below. If it was not you who used it, tell an admin.',
  },
  link_expired: {
    title: 'This link is too old',
    what: 'Sign-in links work for a short time only.',
    todo: 'Ask for a new one below; it takes a moment to arrive.',
  },
  link_unknown: {
    title: 'This link is not known here',
    what: 'It may have been cut short when it was copied, or belong to another server.',
    todo: 'Copy the whole address from the mail, or ask for a new link below.',
  },
}

/** The refusal in words, by the server's code; anything unforeseen is said as the server said it. */
export function refusalOf(problem: ApiProblem): Refusal {
  const known = refusals[problem.code]
  if (known) return { ...known, again: false }
  const undecided = problem.status === 0 || problem.status >= 500 || problem.status === 429
  return {
    title: problem.title,
    what: problem.detail,
    // Only who refuses for a number of tries knows how long to wait.
    todo: problem.status === 429 && problem.hint !== null ? problem.hint : undecided ? 'Try again with the same link. If it was used meanwhile, ask for a new one.' : (problem.hint ?? 'Ask for a new link below.'),
    again: undecided,
  }
}
