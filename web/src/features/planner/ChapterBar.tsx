import type { KeyboardEvent } from 'react'
import { type Blackout, pauseWords } from '../../lib/blackouts'
import { dayClock, range, span as length, zoneName } from '../../lib/time'
import { type Axis, endMoved, moved, type Row, snapMs, spanOf, type Times } from './model'
import classes from './planner.module.css'
import { useDrag } from './useDrag'

const hour = 3_600_000
const grip = 7

interface Props {
  row: Row
  axis: Axis
  width: number
  zone: string
  blackouts: readonly Blackout[]
  /** Where what is running ends for now. */
  now: number
  /** Nothing starts before it. */
  first: number
  /** Null: it cannot be moved here. */
  onChange: ((times: Times | null) => void) | null
  onOpen: () => void
}

/** What a press of a key makes of a bar: arrows move it, with Ctrl its end; Shift makes it hours. */
export function pressed(row: Row, event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>, first: number): Times | null {
  const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (direction === 0) return null
  const by = direction * (event.shiftKey ? hour : snapMs)
  return event.ctrlKey || event.metaKey ? endMoved(row, by) : moved(row, by, first)
}

/** To the bar above or below, whose rows stand one under the other. */
function goTo(from: Element, step: 1 | -1): void {
  const bars = [...document.querySelectorAll<SVGElement>('[data-chapter-bar]')]
  bars[bars.indexOf(from as SVGElement) + step]?.focus()
}

const spoken = ({ chapter, span, typed, endTyped, changed }: Row, zone: string): string =>
  span === null
    ? `${chapter.code}: no times`
    : `${chapter.code}: ${range(span.start, span.end, zone, true)} ${zoneName(zone, span.start)}, ${typed ? (endTyped ? 'start and end typed' : 'start typed') : 'derived from its steps'}${changed ? ', not saved' : ''}`

/** A chapter against time: planned, baseline where it is another, actual; its planned bar can be moved. */
export function ChapterBar({ row, axis, width, zone, blackouts, now, first, onChange, onOpen }: Props) {
  const { chapter, span } = row
  const perPixel = (axis.end - axis.start) / width
  const x = (at: number) => (at - axis.start) / perPixel
  const drag = useDrag({ row, perPixel, first, onChange: onChange ?? (() => undefined) })
  const baseline = spanOf(chapter.baseline)
  const begun = chapter.actual.start === null ? null : Date.parse(chapter.actual.start)
  const key = (event: KeyboardEvent<SVGElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') goTo(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Enter') onOpen()
    else {
      const times = onChange && pressed(row, event, first)
      if (!times) return
      onChange(times)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  if (span === null) return null
  const [left, wide] = [x(span.start), Math.max(3, x(span.end) - x(span.start))]
  const pause = pauseWords(blackouts, span.start, span.end)
  const differs = baseline !== null && (baseline.start !== span.start || baseline.end !== span.end)
  return (
    <>
      {differs && <path className={classes.baseline} d={`M${x(baseline.start)} 1v5m0-2.5H${x(baseline.end)}m0-2.5v5`} />}
      {begun !== null && (
        <rect className={classes.actual} x={x(begun)} y={25} height={4} width={Math.max(2, x(chapter.actual.end === null ? Math.max(begun, Math.min(axis.end, now)) : Date.parse(chapter.actual.end)) - x(begun))} rx={1} />
      )}
      <g
        className={classes.bar} tabIndex={0} role="slider" data-chapter-bar={chapter.code} data-typed={row.typed || undefined} data-changed={row.changed || undefined}
        data-conflict={chapter.conflicts.length > 0 || undefined} data-fixed={onChange === null || undefined}
        aria-label={`${chapter.code} ${chapter.name}`} aria-valuetext={`${spoken(row, zone)}${pause === null ? '' : `. ${pause}`}`} aria-valuenow={span.start} aria-valuemin={first} aria-valuemax={axis.end}
        aria-readonly={onChange === null} onKeyDown={key} onDoubleClick={onOpen} {...(onChange === null ? {} : drag('all'))}
      >
        <title>{`${chapter.code} ${chapter.name}\n${dayClock(span.start, zone)} – ${dayClock(span.end, zone)} ${zoneName(zone, span.end)}, ${length((span.end - span.start) / 1000)}${row.typed ? '' : '\nDerived from its steps'}${pause === null ? '' : `\n${pause}`}`}</title>
        <rect className={classes.planned} x={left} y={8} width={wide} height={14} rx={2} />
        {!row.endTyped && row.typed && <line className={classes.open} x1={left + wide} x2={left + wide} y1={8} y2={22} />}
        {onChange !== null && <rect className={classes.grip} x={left - grip + Math.min(grip, wide / 4)} y={6} width={grip} height={18} {...drag('start')} />}
        {onChange !== null && <rect className={classes.grip} x={left + wide - Math.min(grip, wide / 4)} y={6} width={grip} height={18} {...drag('end')} />}
      </g>
    </>
  )
}
