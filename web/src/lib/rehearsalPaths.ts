/** Where a plan's rehearsals stand side by side, and what that address holds. */
import { writeSearch } from './paths'

export const rehearsalShows = ['slower', 'skipped', 'failed'] as const
export type RehearsalShow = (typeof rehearsalShows)[number]

/** Which steps are shown (all, where nothing is said), and in which order (the plan's). */
export interface RehearsalSearch {
  show?: RehearsalShow
  sort?: 'difference'
}

export const rehearsalSearchOf = ({ show, sort }: Record<string, unknown>): RehearsalSearch => {
  const known = rehearsalShows.find((one) => one === show)
  return { ...(known === undefined ? {} : { show: known }), ...(sort === 'difference' ? { sort } : {}) }
}

const part = encodeURIComponent

export const rehearsalsPath = (migrationKey: string, planId: string, { show, sort }: RehearsalSearch = {}): string =>
  `/migrations/${part(migrationKey)}/rehearsals/${part(planId)}${writeSearch({ show, sort })}`

const plan = (id: string) => `/plans/${part(id)}`

export const rehearsalsApi = {
  plan: (id: string) => `${plan(id)}/rehearsals`,
  accept: (id: string, insight: string) => `${plan(id)}/insights/${part(insight)}/accept`,
  decline: (id: string, insight: string) => `${plan(id)}/insights/${part(insight)}/decline`,
}
