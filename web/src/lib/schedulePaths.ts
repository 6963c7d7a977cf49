/** Where an iteration's schedule is asked for, changed, and had as files. */
import { api, writeSearch } from './paths'

const part = encodeURIComponent
const schedule = (iterationId: string) => `${api.iteration(iterationId)}/schedule`

export const plannerPath = (key: string, iteration: string): string => `/migrations/${part(key)}/iterations/${part(iteration)}/planner`

export type MacroPlanForm = 'table' | 'page' | 'ics'

export const macroPlanForms: readonly { form: MacroPlanForm; name: string; holds: string }[] = [
  { form: 'page', name: 'Macro-plan, one page', holds: 'A timeline that opens without Tminus and goes on ticking; to send or print' },
  { form: 'table', name: 'Macro-plan, table', holds: 'Macro-phases and chapters, to paste into a wiki or a mail' },
  { form: 'ics', name: 'Calendar (ICS)', holds: 'Every team’s steps as appointments' },
]

export const scheduleApi = {
  of: schedule,
  preview: (iterationId: string) => `${schedule(iterationId)}/preview`,
  shiftPreview: (iterationId: string) => `${schedule(iterationId)}/shift/preview`,
  act: (iterationId: string, act: 'shift' | 'fit' | 'derive' | 're-baseline') => `${schedule(iterationId)}/${act}`,
  /** `team`: by code, of appointments alone. */
  file: (iterationId: string, form: MacroPlanForm, zone: string, team?: string) =>
    schedule(iterationId) + '/export' + writeSearch({ form, zone, ...(form === 'ics' ? { team } : {}) }),
}
