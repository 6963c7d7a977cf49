/** What differs between two versions, in words. Pure. */
import type { VersionDiff } from '../../api/plan'

export type DiffItem = VersionDiff['items'][number]

const kindWords: Record<string, string> = {
  plan: 'Plan', team: 'Team', macroPhase: 'Macro-phase', chapter: 'Chapter', step: 'Step', task: 'Task', control: 'Control', type: 'Type',
  application: 'Application', environment: 'Environment', environmentRole: 'Environment role',
}
const ownWords: Record<string, string> = { order: 'its place', parent: 'moved elsewhere' }

/** macro-phase for macroPhase; what has no word of its own is taken apart. */
export const kindWord = (kind: string): string => kindWords[kind] ?? kind.replace(/([A-Z])/g, ' $1').toLowerCase()

/** Which fields differ, as words; '' for what is new or gone. */
export const fieldWords = ({ change, fields }: DiffItem, word: (field: string) => string): string =>
  change === 'changed' ? fields.map((field) => ownWords[field] ?? word(field)).join(', ') : ''

/** Those whose code or kind has the text, of one way of changing or of all. */
export function chosen(items: readonly DiffItem[], change: DiffItem['change'] | null, text: string): DiffItem[] {
  const wanted = text.trim().toLowerCase()
  return items.filter((one) => (change === null || one.change === change) && (wanted === '' || `${one.code} ${kindWord(one.kind)}`.toLowerCase().includes(wanted)))
}

interface Numbered { id: string; number: number }

/** Which version another one is best held against: the one it was made from, else the one before it. */
export function before<T extends Numbered>(versions: readonly T[], of: T & { basedOn?: Numbered | null | undefined }): T | undefined {
  const from = versions.find(({ id }) => id === of.basedOn?.id)
  return from ?? versions.filter(({ number }) => number < of.number).toSorted((a, b) => b.number - a.number)[0]
}
