/** Where plans and runsheets are had as files, and what each form of them holds. */
import { api, writeSearch } from './paths'

export type PlanForm = 'yaml' | 'json' | 'csv' | 'xlsx' | 'msproject' | 'mermaid' | 'svg'

/** `asks`: it cannot hold all of a plan, and what it leaves out is said before it is saved. */
export const planForms: readonly { form: PlanForm; name: string; holds: string; asks?: boolean }[] = [
  { form: 'xlsx', name: 'Excel workbook', holds: 'The whole plan as a table, to change and import again' },
  { form: 'csv', name: 'CSV', holds: 'The same table as text' },
  { form: 'yaml', name: 'YAML', holds: 'The whole plan as a plan file, made for git' },
  { form: 'json', name: 'JSON', holds: 'The same plan file, for programs' },
  { form: 'msproject', name: 'MS Project (XML)', holds: 'Steps, links and teams; no tasks and no controls', asks: true },
  { form: 'svg', name: 'Network as SVG', holds: 'A drawing of steps and links; over 150 steps, of chapters. It cannot be imported' },
  { form: 'mermaid', name: 'Network as Mermaid', holds: 'The same drawing as text, for wikis and tickets' },
]

export const runsheetForms: readonly { form: 'xlsx' | 'csv'; name: string; holds: string }[] = [
  { form: 'xlsx', name: 'Excel workbook', holds: 'Every step with its state and times as they are now' },
  { form: 'csv', name: 'CSV', holds: 'The same table as text' },
]

export const exportApi = {
  planVersion: (id: string, format: PlanForm) => `${api.planVersion(id)}/export?format=${format}`,
  leftOut: (id: string, format: string) => `${api.planVersion(id)}/export/left-out?format=${format}`,
  runsheet: (id: string, format: 'xlsx' | 'csv', zone: string) => `${api.iteration(id)}/export${writeSearch({ format, zone })}`,
}
