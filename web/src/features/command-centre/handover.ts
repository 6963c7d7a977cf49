/** What one shift tells the next, as far as the board knows it: the note begins with it, and people go on. Pure. */
import type { Board, IterationRollup } from '../../api/types'
import { figure } from '../../lib/figure'
import { iterationStateWord, stepStateWord } from '../../lib/states'
import { percentText } from '../../ui/ProgressFigure'
import type { Line } from './now'

const shown = 8

/** `late` = how many open steps are late by the forecast. */
export function handoverWords({ iteration }: Board, lines: readonly Line[], rollup: IterationRollup | undefined, late = 0): string {
  const { progress } = iteration
  const open = Object.entries(rollup?.iteration.impediments ?? {}).filter(([, count]) => count > 0)
  const more = lines.length - shown
  return [
    `${iteration.name} is ${iterationStateWord[iteration.state].toLowerCase()}: ${percentText(progress.percent)}, ${figure(progress.done)} of ${figure(progress.total)} steps${late > 0 ? `, ${figure(late)} open late` : ''}.`,
    ...(open.length > 0 ? [`Open impediments: ${open.map(([severity, count]) => `${figure(count)} ${severity}`).join(', ')}.`] : []),
    ...(lines.length > 0 ? ['In hand:'] : []),
    ...lines.slice(0, shown).map(({ row }) => `- ${row.code} ${row.name}: ${stepStateWord[row.state].toLowerCase()}${(row.state === 'failed' || row.state === 'blocked') && row.reason ? `, ${row.reason}` : ''}`),
    ...(more > 0 ? [`- and ${figure(more)} more`] : []),
  ].join('\n')
}
