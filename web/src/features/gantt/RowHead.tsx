import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo } from 'react'
import { delay } from '../../lib/time'
import { FlagMarks } from '../../ui/FlagMarks'
import { StateMark } from '../../ui/StateMark'
import classes from './gantt.module.css'
import type { GanttRow } from './types'

interface Props {
  row: GanttRow
  index: number
  top: number
  height: number
  selected: boolean
  /** All of it in words, for screen readers. */
  words: string
}

function Delay({ row }: { row: GanttRow }) {
  if (row.delaySeconds === null || Math.abs(row.delaySeconds) < 60) return <span className={`${classes.delay} dim num`}>{row.delaySeconds === null ? '' : delay(row.delaySeconds)}</span>
  return <span className={`${classes.delay} num`} data-late={(row.delaySeconds > 60 && !row.over) || undefined}>{delay(row.delaySeconds)}</span>
}

/** The head of a row: what it is, how it stands, how far it is from its plan. It stays while the time is scrolled. */
export const RowHead = memo(function RowHead({ row, index, top, height, selected, words }: Props) {
  const Chevron = row.folded ? IconChevronRight : IconChevronDown
  const group = row.kind !== 'step'
  return (
    <div
      role="row" id={`gantt-${row.id}`} aria-rowindex={index + 2} aria-level={row.kind === 'macro' ? 1 : row.kind === 'chapter' ? 2 : 3} aria-selected={selected}
      aria-expanded={group ? !row.folded : undefined} aria-description={words} className={classes.row} data-kind={row.kind} data-index={index}
      data-gantt={row.code} data-selected={selected || undefined} data-dormant={row.dormant || undefined} style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className={classes.title}>
        {group && <Chevron size={14} className={classes.chevron} aria-hidden />}
        <span className={`${classes.code} num`}>{row.code}</span>
        <span className={classes.name} title={row.name}>{row.name}</span>
        {row.pointOfNoReturn && <span className={classes.ponr} title="Point of no return">PONR</span>}
      </span>
      <span role="gridcell" className={classes.state} title={row.state === null ? undefined : row.word}>
        {row.state === null ? <span className="dim num">{row.word}</span> : <StateMark state={row.state} word={row.word} />}
      </span>
      <span role="gridcell" className={classes.flags}><FlagMarks flags={row} words={1} /></span>
      <span role="gridcell" className={classes.delayCell}><Delay row={row} /></span>
    </div>
  )
})
