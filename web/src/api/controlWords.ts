import type { Control, ControlAction } from './types'

export const controlLabels: Record<ControlAction, string> = { pass: 'Pass', fail: 'Fail', cancel: 'Cancel it', reopen: 'Reopen', override: 'Pass by order' }
export const controlColors: Record<ControlAction, string> = { pass: 'green', fail: 'red', cancel: 'gray', reopen: 'blue', override: 'orange' }

/** What saying it does, before it is said. */
export function controlEffect({ code, critical }: Pick<Control, 'code' | 'critical'>, action: ControlAction): string {
  const holds = critical ? ' Its steps are held until it has passed.' : ''
  switch (action) {
    case 'pass': return `${code} has been shown.`
    case 'fail': return `${code} was looked at and does not hold.${holds}`
    case 'cancel': return `${code} is not asked for in this iteration; it holds nothing any more.`
    case 'reopen': return `${code} is pending again.${holds}`
    case 'override': return critical
      ? `${code} is critical: a second person, another pilot or an approver, has to sign. Then it is shown everywhere as passed by order, with both names.`
      : `${code} counts as passed; it is shown everywhere as passed by order, with your name.`
  }
}

/** Who said it, by whose order, why. */
export function standingWords({ state, by, overridden, reason }: Pick<Control, 'state' | 'by' | 'overridden' | 'reason'>): string {
  if (state === 'pending' || by === null) return ''
  return `${overridden ? 'by order of' : 'by'} ${by}${reason === null ? '' : `: ${reason}`}`
}
