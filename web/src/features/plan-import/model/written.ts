/** What the files hold and what is wrong in them as they were written, as lines of a small table. Pure. */

export interface Written {
  name: string
  count: number
  of: number
  words: string
  share: number
}

const ofSteps: Record<string, string> = {
  self_predecessor: 'name themselves as predecessor', unknown_predecessor: 'name a predecessor that is not there', pages_sharing_a_code: 'share their code with another',
  null_number: 'have no code', macro_phase_empty: 'name no macro-phase', html_entity: 'have HTML entities in their macro-phase', unknown_type: 'are of a type that nobody knows',
  steps_with_duplicate_task_id: 'have two tasks of one code',
}
const ofTasks: Record<string, string> = { task_not_under_its_step: 'do not carry their step’s code', task_without_team: 'name no team' }

/** The defects that were counted, the most frequent first; what is not there has no line. */
export function asWritten(counts: Readonly<Record<string, number>>): Written[] {
  const lines = (words: Record<string, string>, whole: string): Written[] => {
    const of = counts[whole] ?? 0
    return Object.entries(words).map(([name, said]) => {
      const count = counts[name] ?? 0
      return { name, count, of, words: said, share: of > 0 ? count / of : 0 }
    })
  }
  return [...lines(ofSteps, 'pages'), ...lines(ofTasks, 'tasks')].filter(({ count, of }) => count > 0 && of > 0).toSorted((a, b) => b.share - a.share)
}
