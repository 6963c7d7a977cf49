/** Where imports of plans are shown, and where the page asks for them. */
import { paths, writeSearch } from './paths'

const part = encodeURIComponent
const one = (id: string) => `/plan-imports/${part(id)}`

export type ImportStep = 'findings' | 'columns' | 'difference' | 'take-over'
const steps: readonly string[] = ['findings', 'columns', 'difference', 'take-over']

/** What an import's address holds: the step that is looked at, and which kind of findings is open. */
export interface ImportSearch {
  step?: ImportStep
  kind?: string
}

export function importSearchOf({ step, kind }: Record<string, unknown>): ImportSearch {
  return {
    ...(typeof step === 'string' && steps.includes(step) ? { step: step as ImportStep } : {}),
    ...(typeof kind === 'string' && kind !== '' ? { kind } : {}),
  }
}

export const importPaths = {
  begin: (key: string) => `${paths.migration(key)}/imports/new`,
  one: (key: string, id: string, { step, kind }: ImportSearch = {}) => `${paths.migration(key)}/imports/${part(id)}${writeSearch({ step, kind })}`,
}

export const importApi = {
  create: (migrationId: string, fileName: string, { plan, replace }: { plan?: string | undefined; replace?: boolean }) =>
    `/plan-imports${writeSearch({ migrationId, fileName, plan, replace: replace ? 'true' : undefined })}`,
  list: (migrationId: string) => `/plan-imports?migrationId=${part(migrationId)}`,
  fields: () => '/plan-import-fields',
  one,
  findings: (id: string, code: string, { replaced, after }: { replaced?: boolean | undefined; after: number }) =>
    `${one(id)}/findings${writeSearch({ code, replaced: replaced === undefined ? undefined : String(replaced), after })}`,
  changes: (id: string, about: { change?: string | undefined; kind?: string; parent?: string; after: number }) => `${one(id)}/changes${writeSearch({ ...about })}`,
  outline: (id: string) => `${one(id)}/outline`,
  outlineSteps: (id: string, about: { chapter: string; change?: string | undefined; after: number }) => `${one(id)}/outline/steps${writeSearch({ ...about })}`,
  quality: (id: string) => `${one(id)}/quality`,
  qualityFile: (id: string) => `${one(id)}/quality.csv`,
  act: (id: string, act: 'accept' | 'mapping' | 'check' | 'commit' | 'undo') => `${one(id)}/${act}`,
}

export const scheduleEffect = (id: string, base: string) => `/plan-versions/${part(id)}/schedule-effect?base=${part(base)}`
