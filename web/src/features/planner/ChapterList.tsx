import { Button } from '@mantine/core'
import { IconZzz } from '@tabler/icons-react'
import type { IterationSchedule } from '../../api/schedule'
import { type Blackout, blackoutName, pauseWords } from '../../lib/blackouts'
import { zoneName } from '../../lib/time'
import { ChapterFields } from './ChapterFields'
import { Marks } from './Chart'
import { type Draft, type Row, rowOf, sixDays, spanOf, type Times } from './model'
import classes from './planner.module.css'
import { told } from './words'

interface Props {
  schedule: IterationSchedule
  draft: Draft
  zone: string
  blackouts: readonly Blackout[]
  /** The chapter whose fields are open. */
  open: string | null
  onOpen: (code: string | null) => void
  onType: ((row: Row, times: Times | null) => void) | null
}

function Item({ row, zone, blackouts, first, long, open, onOpen, onType }: Omit<Props, 'schedule' | 'draft' | 'open'> & { row: Row; first: number; long: boolean; open: boolean }) {
  const { chapter, span } = row
  const pause = span && pauseWords(blackouts, span.start, span.end)
  return (
    <li id={`chapter-${chapter.code}`} data-chapter={chapter.code}>
      <div className={classes.item}>
        <span><b>{chapter.code}</b> {chapter.name} <Marks row={row} /></span>
        <span className="num">{span === null ? 'no times' : `${told(span, zone, long)} ${zoneName(zone, span.start)}`}{span !== null && !row.typed && <span className="dim"> · derived</span>}</span>
        {pause !== null && <small><IconZzz size={13} aria-hidden /> {pause}</small>}
        {onType && chapter.steps > 0 && !open && <Button size="compact-sm" variant="default" onClick={() => onOpen(chapter.code)}>Change times</Button>}
      </div>
      {onType && open && (
        <ChapterFields
          row={row} zone={zone} first={first} onCancel={() => onOpen(null)}
          onDone={(times) => {
            onType(row, times)
            onOpen(null)
          }}
        />
      )}
    </li>
  )
}

/** On a narrow screen: each chapter with its times, and fields instead of bars. */
export function ChapterList({ schedule, draft, open, ...rest }: Props) {
  const whole = spanOf(schedule.planned)
  const long = whole !== null && whole.end - whole.start > sixDays
  return (
    <div className={classes.list} data-testid="planner-list">
      {rest.blackouts.length > 0 && (
        <section aria-label="Blackouts">
          <h2><IconZzz size={14} aria-hidden /> Blackouts: nobody works</h2>
          <ul>{rest.blackouts.map((one) => <li key={one.start} className="num">{blackoutName(one)}, {told(one, rest.zone, true)}</li>)}</ul>
        </section>
      )}
      {schedule.macroPhases.map((phase) => (
        <section key={phase.code} aria-label={`${phase.code} ${phase.name}`}>
          <h2><b>{phase.code}</b> {phase.name}</h2>
          <ul>
            {phase.chapters.map((chapter) => (
              <Item key={chapter.code} row={rowOf(chapter, draft)} first={Date.parse(schedule.planned.start)} long={long} open={open === chapter.code} {...rest} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
