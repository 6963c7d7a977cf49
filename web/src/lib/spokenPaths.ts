/** Where the page asks for what people say of a night: comments, impediments, the roll-call. */
import { api, writeSearch } from './paths'

const part = encodeURIComponent
const comment = (id: string) => `/comments/${part(id)}`
const impediment = (id: string) => `/impediments/${part(id)}`
const rollCall = (iterationId: string) => `${api.iteration(iterationId)}/roll-call`

interface Which {
  kind?: 'comment' | 'handover'
  stepCode?: string | undefined
  before?: string | undefined
}

export const spokenApi = {
  comments: (iterationId: string, { kind, stepCode, before }: Which = {}) =>
    `${api.iteration(iterationId)}/comments${writeSearch({ kind, stepCode, before })}`,
  comment: (id: string, version?: number) => comment(id) + writeSearch({ version }),
  mentionables: (iterationId: string) => `${api.iteration(iterationId)}/mentionables`,
  impediments: (iterationId: string, stepCode?: string) => `${api.iteration(iterationId)}/impediments${writeSearch({ stepCode })}`,
  impediment,
  impedimentMove: (id: string, to: 'resolve' | 'reopen') => `${impediment(id)}/${to}`,
  rollCall,
  /** What of all that would be left open if the iteration were completed. */
  endCheck: (iterationId: string) => `${api.iteration(iterationId)}/end-check`,
  rollCallClose: (iterationId: string) => `${rollCall(iterationId)}/close`,
  rollCallHere: (iterationId: string, teamId: string) => `${rollCall(iterationId)}/teams/${part(teamId)}/here`,
}
