import { IconArrowBarToRight, IconChevronDown, IconChevronRight, IconMoon } from '@tabler/icons-react'
import { memo } from 'react'
import { range } from '../../lib/time'
import type { GroupItem } from './rows'
import { overDays, type Scale } from './scale'
import { DelayText } from './StepRowView'
import { TimeBars } from './TimeBars'
import { linkMark } from './words'
import classes from './runsheet.module.css'

interface Props {
  item: GroupItem
  /** What all of it waits for, in words: for hover and screen readers. */
  why: string
  index: number
  top: number
  height: number
  selected: boolean
  scale: Scale
  zone: string
}

function Count({ item }: { item: GroupItem }) {
  if (item.dormant) return <span className={classes.doing}><IconMoon size={14} aria-hidden /> Dormant</span>
  const { done, cancelled, total, running, activated, verifying, trouble } = item.figures
  return (
    <span className={`${classes.count} num`}>
      {done} of {total}
      {running > 0 && <span className={classes.running}> · {running} running</span>}
      {verifying > 0 && <span> · {verifying} verifying</span>}
      {activated > 0 && <span> · {activated} activated</span>}
      {cancelled > 0 && <span> · {cancelled} cancelled</span>}
      {trouble > 0 && <span className={classes.late}> · {trouble} in trouble</span>}
    </span>
  )
}

/** The links into the whole group: after A1, A2 SS +15 min. */
function After({ item, why }: Pick<Props, 'item' | 'why'>) {
  if (item.after.length === 0) return null
  const links = item.after.map((link) => `${link.code} ${linkMark(link)}`.trim())
  return <span className={`${classes.after} num`} data-why={why}><IconArrowBarToRight size={13} aria-hidden /> <span className="visually-hidden">after </span>{links.join(', ')}</span>
}

const sameFigures = (a: GroupItem, b: GroupItem): boolean =>
  a.folded === b.folded && a.dormant === b.dormant && a.code === b.code && a.name === b.name &&
  Object.entries(a.figures).every(([name, value]) => b.figures[name as keyof GroupItem['figures']] === value)

function same(a: Props, b: Props): boolean {
  return sameFigures(a.item, b.item) && a.item.after === b.item.after && a.why === b.why && a.index === b.index && a.top === b.top && a.height === b.height &&
    a.selected === b.selected && a.scale === b.scale && a.zone === b.zone
}

/** A macro-phase or chapter: folded or not, how far it is, when it was planned and when it was. */
export const GroupRowView = memo(function GroupRowView({ item, why, index, top, height, selected, scale, zone }: Props) {
  const { plannedStart, plannedEnd, startedAt, endedAt, comingStart, comingEnd, delaySeconds, done, cancelled, total } = item.figures
  const over = done + cancelled === total
  const planned = item.dormant ? '' : range(plannedStart, plannedEnd, zone, overDays(scale))
  const actual = item.dormant ? '' : range(startedAt, endedAt, zone, overDays(scale))
  const Chevron = item.folded ? IconChevronRight : IconChevronDown
  return (
    <div
      role="row" id={`row-${item.id}`} aria-rowindex={index + 2} aria-level={item.kind === 'macro' ? 1 : 2}
      aria-expanded={!item.folded} aria-selected={selected} data-index={index} data-group={item.code}
      aria-description={why === '' ? undefined : why}
      className={`${classes.row} ${item.kind === 'macro' ? classes.macro : classes.chapter}`}
      data-selected={selected || undefined} data-dormant={item.dormant || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className={classes.groupTitle}>
        <Chevron size={14} className={classes.icon} aria-hidden />
        <span className={classes.groupCode}>{item.code}</span>
        <span className={classes.cut} title={item.name}>{item.name}</span>
        <After item={item} why={why} />
      </span>
      <span role="gridcell" className={classes.groupState}><Count item={item} /></span>
      <span role="gridcell" className={`${classes.planned} num dim`} title={planned}>{planned}</span>
      <span role="gridcell" className={`${classes.actual} num`} title={actual}>{actual}</span>
      <span role="gridcell" className={`${classes.delay} num`}>{!item.dormant && <DelayText seconds={delaySeconds} over={over} />}</span>
      <span role="gridcell" className={classes.bars}>
        <TimeBars
          scale={scale} plannedStart={plannedStart} plannedEnd={plannedEnd} startedAt={startedAt} endedAt={endedAt}
          forecastStart={comingStart} forecastEnd={comingEnd} running={startedAt !== null && !over} color="var(--t-accent)" late={false}
        />
      </span>
      <span role="gridcell" className={classes.tasks} />
    </div>
  )
}, same)
