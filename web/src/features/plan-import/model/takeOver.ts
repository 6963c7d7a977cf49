/** What taking an import over would do, in sentences. Pure. */
import type { PlanImport } from '../../../api/types'
import { few } from './words'

/** Versions of the plan that there were, all of them undone; 0 where it is new, or one of them stands. */
export const undoneBefore = ({ base, version }: Pick<PlanImport, 'base' | 'version'>, next: number | null): number =>
  base !== null ? 0 : Math.max(0, (version?.number ?? next ?? 1) - 1)

/** What an import is held against, in one sentence. */
export function heldAgainst(found: PlanImport, next: number | null): string {
  const { base, diff } = found
  if (diff === null) return ''
  const total = diff.added + diff.changed + diff.removed
  if (total === 0) return 'The plan already says all that these files say.'
  if (base !== null) return `${few(total, 'change')} to version ${base.number}.`
  const undone = undoneBefore(found, next)
  return undone === 0 ? `A new plan: ${few(diff.added, 'thing')} added.` : `${whyBare(undone)}, so all ${few(diff.added, 'thing')} are added.`
}

const whyBare = (undone: number): string => `No version of this plan stands: ${undone === 1 ? 'the one there was is undone' : `the ${undone} there were are undone`}`

export function intoWhat(found: PlanImport, migration: string, next: number | null): string[] {
  const { planName, base, newMigration, diff, replace } = found
  const total = diff === null ? 0 : diff.added + diff.changed + diff.removed
  const plan = `“${planName ?? 'the plan'}” of ${newMigration === null ? migration : `the new migration ${newMigration}`}`
  if (total === 0) return [`${plan} already says all that these files say, so there is nothing to change. That is a success: it is noted, and no version is written.`]
  const as = next === null ? 'a new version' : `version ${next}`
  const undone = undoneBefore(found, next)
  const removed = diff?.removed ?? 0
  return [
    base === null
      ? `${few(total, 'thing')} become ${as} of ${plan}${undone === 0 ? ', which is a new plan.' : `. ${whyBare(undone)}.`}`
      : `${few(total, 'change')} ${total === 1 ? 'becomes' : 'become'} ${as} of ${plan}, after version ${base.number}. ${base.status === 'draft' ? `Version ${base.number} is a draft, and is superseded by it.` : `Version ${base.number} stays as it is.`}`,
    `It is a draft: another pilot approves it before an iteration is made from it.${removed > 0 && replace ? ` ${few(removed, 'thing is', 'things are')} removed, since these files replace the plan.` : ''}`,
    'All of it is written, or nothing. It can be undone until an iteration is made from it, or somebody goes on with it.',
  ]
}
