/** A chapter's roll-up in words. Pure. */
import type { ChapterRollup, RollupState } from '../../api/types'
import { figure } from '../../lib/figure'
import { percentText } from '../../ui/ProgressFigure'

export const stateWord: Record<RollupState, string> = {
  dormant: 'Dormant', not_started: 'Not started', in_progress: 'In progress', blocked: 'Blocked', failed: 'Failed',
  complete: 'Complete', cancelled: 'Cancelled',
}

/** All of it, for hover: state, percentage with counts, what is open and `late` by the forecast, the light's reason. */
export function chapterWords(chapter: ChapterRollup, late = 0): string {
  const { percent, done, total } = chapter.progress
  const why = chapter.state === 'dormant' ? (chapter.rollback ? ': sleeps until a back-out' : ': no step of it counts here') : ''
  return [
    `${chapter.code} ${chapter.name}: ${stateWord[chapter.state]}${why}`,
    total === 0 ? null : `${percentText(percent)}, ${figure(done)} of ${figure(total)} steps`,
    late === 0 ? null : `${figure(late)} open late`,
    chapter.rag.reason,
  ].filter((part) => part !== null).join('\n')
}
