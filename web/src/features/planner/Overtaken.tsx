import { Button } from '@mantine/core'
import { IconUserExclamation } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { IterationSchedule, ScheduledChapter } from '../../api/schedule'
import { dayClock, millis } from '../../lib/time'
import { announce } from '../../ui/announce'
import { type Draft, lastOf, type Times } from './model'
import classes from './planner.module.css'
import { timesWords } from './words'

interface Props {
  chapters: readonly ScheduledChapter[]
  schedule: IterationSchedule
  draft: Draft
  zone: string
  onDecide: (chapter: ScheduledChapter, whose: 'mine' | 'theirs') => void
}

const nowOf = ({ planned, typed, endTyped }: ScheduledChapter): Times => ({ start: millis(planned?.start), end: typed && !endTyped ? null : millis(planned?.end) })

/** E1: Marco changed it at Sat 21 Nov 21:40, to Sat 21 Nov 19:00–20:00; you saw it from Sat 21 Nov 15:00, and typed … */
function sentenceOf(chapter: ScheduledChapter, schedule: IterationSchedule, draft: Draft, zone: string): string {
  const last = lastOf(schedule, chapter.code)
  const mine = draft.get(chapter.code)
  const seen = mine?.seen.start == null ? 'without times' : dayClock(Date.parse(mine.seen.start), zone)
  return `${last?.by ?? 'Somebody'} changed ${chapter.code}${last ? ` at ${dayClock(Date.parse(last.at), zone)}` : ''}: it is ${timesWords(nowOf(chapter), zone)} now${chapter.typed ? '' : ' (derived)'}. You saw ${seen}${mine ? ` and typed ${timesWords(mine, zone)}` : ''}.`
}

/** What others changed under the draft: nothing is saved over it before somebody has said whose times hold. */
export function Overtaken({ chapters, schedule, draft, zone, onDecide }: Props) {
  const codes = chapters.map(({ code }) => code).join(', ')
  useEffect(() => {
    if (codes !== '') announce(`Somebody else changed ${codes}, which you have not saved. Take theirs or keep yours.`)
  }, [codes])
  if (chapters.length === 0) return null
  return (
    <section className={classes.overtaken} aria-label="Changed by somebody else meanwhile">
      <ul>
        {chapters.map((chapter) => (
          <li key={chapter.code} data-overtaken={chapter.code}>
            <IconUserExclamation size={15} aria-hidden />
            <span className="num">{sentenceOf(chapter, schedule, draft, zone)}</span>
            <Button size="compact-sm" variant="default" onClick={() => onDecide(chapter, 'theirs')}>Take theirs</Button>
            <Button size="compact-sm" variant="default" onClick={() => onDecide(chapter, 'mine')}>Keep mine</Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
