/** What taking an import over would do, in sentences. Pure. */
import type { PlanImport } from '../../../api/types'
import { few } from './words'

export function intoWhat({ planName, base, newMigration, diff, replace }: PlanImport, migration: string, next: number | null): string[] {
  const total = diff === null ? 0 : diff.added + diff.changed + diff.removed
  const plan = `“${planName ?? 'the plan'}” of ${newMigration === null ? migration : `the new migration ${newMigration}`}`
  if (total === 0) return [`${plan} already says all that these files say, so there is nothing to change. That is a success: it is noted, and no version is written.`]
  const as = next === null ? 'a new version' : `version ${next}`
  const removed = diff?.removed ?? 0
  return [
    base === null
      ? `${few(total, 'thing')} become ${as} of ${plan}, which is a new plan.`
      : `${few(total, 'change')} ${total === 1 ? 'becomes' : 'become'} ${as} of ${plan}, after version ${base.number}. ${base.status === 'draft' ? `Version ${base.number} is a draft, and is superseded by it.` : `Version ${base.number} stays as it is.`}`,
    `It is a draft: another pilot approves it before an iteration is made from it.${removed > 0 && replace ? ` ${few(removed, 'thing is', 'things are')} removed, since these files replace the plan.` : ''}`,
    'All of it is written, or nothing. It can be undone until an iteration is made from it, or somebody goes on with it.',
  ]
}
