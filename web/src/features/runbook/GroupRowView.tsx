import { IconChevronDown, IconChevronRight, IconMoon } from '@tabler/icons-react'
import { memo } from 'react'
import { range } from '../../lib/time'
import type { GroupItem } from './rows'
import { overDays, type Scale } from './scale'
import { DelayText } from './StepRowView'
import { TimeBars } from './TimeBars'
import classes from './runsheet.module.css'

interface Props {
  item: GroupItem
  index: number
  top: number
  height: number
  selected: boolean
  scale: Scale
  zone: string
}

function Count({ item }: { item: GroupItem }) {
  if (item.dormant) return <span className={classes.doing}><IconMoon size={14} aria-hidden /> Dormant</span>
  const { done, total, running, activated, verifying, trouble } = item.figures
  return (
    <span className={`${classes.count} num`}>
      {done} of {total}
      {running > 0 && <span className={classes.running}> · {running} running</span>}
      {verifying > 0 && <span> · {verifying} verifying</span>}
      {activated > 0 && <span> · {activated} activated</span>}
      {trouble > 0 && <span className={classes.late}> · {trouble} in trouble</span>}
    </span>
  )
}

const sameFigures = (a: GroupItem, b: GroupItem): boolean =>
  a.folded === b.folded && a.dormant === b.dormant && a.code === b.code && a.name === b.name &&
  Object.entries(a.figures).every(([name, value]) => b.figures[name as keyof GroupItem['figures']] === value)

function same(a: Props, b: Props): boolean {
  return sameFigures(a.item, b.item) && a.index === b.index && a.top === b.top && a.height === b.height &&
    a.selected === b.selected && a.scale === b.scale && a.zone === b.zone
}

/** A macro-phase or chapter: folded or not, how far it is, when it was planned and when it was. */
export const GroupRowView = memo(function GroupRowView({ item, index, top, height, selected, scale, zone }: Props) {
  const { plannedStart, plannedEnd, startedAt, endedAt, delaySeconds, done, total } = item.figures
  const Chevron = item.folded ? IconChevronRight : IconChevronDown
  return (
    <div
      role="row" id={`row-${item.id}`} aria-rowindex={index + 2} aria-level={item.kind === 'macro' ? 1 : 2}
      aria-expanded={!item.folded} aria-selected={selected} data-index={index} data-group={item.code}
      className={`${classes.row} ${item.kind === 'macro' ? classes.macro : classes.chapter}`}
      data-selected={selected || undefined} data-dormant={item.dormant || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className={`${classes.code} ${classes.groupCode}`}>
        <Chevron size={14} aria-hidden /> {item.code}
      </span>
      <span role="gridcell" className={`${classes.name} ${classes.groupName}`}><span className={classes.cut}>{item.name}</span></span>
      <span role="gridcell" className={classes.groupState}><Count item={item} /></span>
      <span role="gridcell" className={`${classes.planned} num dim`}>{item.dormant ? '' : range(plannedStart, plannedEnd, zone, overDays(scale))}</span>
      <span role="gridcell" className={`${classes.actual} num`}>{item.dormant ? '' : range(startedAt, endedAt, zone, overDays(scale))}</span>
      <span role="gridcell" className={`${classes.delay} num`}>{!item.dormant && <DelayText seconds={delaySeconds} over={done === total} />}</span>
      <span role="gridcell" className={classes.bars}>
        <TimeBars
          scale={scale} plannedStart={plannedStart} plannedEnd={plannedEnd} startedAt={startedAt} endedAt={endedAt}
          running={startedAt !== null && done < total} color="var(--t-accent)" late={false}
        />
      </span>
      <span role="gridcell" className={classes.tasks} />
    </div>
  )
}, same)
