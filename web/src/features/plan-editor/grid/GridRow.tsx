import {
  IconAlertOctagon, IconAlertTriangle, IconChecklist, IconChevronDown, IconChevronRight, IconDiamond, IconFlagFilled, IconPlayerTrackPrev,
  IconShieldCheck, IconTool,
} from '@tabler/icons-react'
import { memo } from 'react'
import type { PlanStep } from '../../../api/plan'
import type { Behaviour } from '../../../api/types'
import { useTheirs } from '../marks'
import { type Column, typed } from '../model/fields'
import type { Row } from '../model/rows'
import { levelWord } from '../model/tree'
import { Cell } from './Cell'
import { CellEditor } from './CellEditor'
import classes from './grid.module.css'

const icons: Record<Behaviour, typeof IconTool> = { work: IconTool, checkpoint: IconShieldCheck, gate: IconDiamond, milestone: IconFlagFilled }

export interface GridRowProps {
  row: Row
  index: number
  top: number
  height: number
  selected: boolean
  /** The field that keys work on, and the one being typed in; null for all other rows. */
  active: Column | null
  editing: Column | null
  finding: 'error' | 'warning' | undefined
  onEdited: (next: 1 | -1 | 0 | null) => void
}

const groupValue = (row: Row, field: Column): unknown => (field === 'code' ? row.code : field === 'name' ? row.item.name : row.item.after)
const valueOf = (row: Row, field: Column): unknown =>
  row.kind === 'step' ? (field === 'tasks' ? row.item.tasks.length : row.item[field]) : groupValue(row, field)

function Finding({ of }: { of: 'error' | 'warning' | undefined }) {
  if (of === 'error') return <IconAlertOctagon size={13} className={classes.error} role="img" aria-label="has an error" />
  return of === 'warning' ? <IconAlertTriangle size={13} className={classes.warning} role="img" aria-label="has a warning" /> : null
}

function Lead({ row }: { row: Row }) {
  if (row.kind === 'step') {
    const Icon = icons[row.item.behaviour]
    return <Icon size={14} stroke={1.7} className={classes.icon} role="img" aria-label={row.item.behaviour} />
  }
  const Chevron = row.folded ? IconChevronRight : IconChevronDown
  return <Chevron size={14} className={classes.icon} aria-hidden data-fold="" />
}

function Tasks({ step, active }: { step: PlanStep; active: boolean }) {
  const tasks = step.tasks.length
  return (
    <span role="gridcell" className={`${classes.cell} ${classes.tasks} num dim`} data-field="tasks" data-active={active || undefined}>
      {tasks > 0 && <><IconChecklist size={13} stroke={1.7} aria-hidden /> {tasks}<span className="visually-hidden"> tasks</span></>}
    </span>
  )
}

/** A macro-phase, chapter or step of the table. Draws again only when something it is given has changed. */
export const GridRow = memo(function GridRow({ row, index, top, height, selected, active, editing, finding, onEdited }: GridRowProps) {
  const theirs = useTheirs(row.code)
  const level = row.kind
  const step = row.kind === 'step'
  const field = (name: Column, style = classes[name] ?? '') =>
    editing === name
      ? <CellEditor key={name} level={level} code={row.code} field={name} value={valueOf(row, name)} className={style} onDone={onEdited} />
      : <Cell key={name} spot={{ level, code: row.code, field: name }} value={valueOf(row, name)} active={active === name} className={style} />
  return (
    <div
      role="row" id={`plan-${row.code}`} aria-rowindex={index + 2} aria-level={level === 'macroPhase' ? 1 : level === 'chapter' ? 2 : 3}
      {...(row.kind === 'step' ? {} : { 'aria-expanded': !row.folded })} aria-selected={selected}
      className={`${classes.row} ${classes[level]}`} data-index={index} data-code={row.code} data-level={level} data-selected={selected || undefined}
      data-theirs={theirs} style={{ transform: `translateY(${top}px)`, height }}
    >
      <span className={classes.lead}><Lead row={row} /><Finding of={finding} /></span>
      {step
        ? typed.step.slice(0, 6).map((name) => field(name))
        : <>
            {field('code')}
            {field('name', classes.groupName)}
            <span role="gridcell" className={`${classes.count} num`}>
              {row.kind === 'chapter' && row.item.rollback && <><IconPlayerTrackPrev size={13} aria-hidden /> rollback · </>}
              {row.kind === 'macroPhase' && `${row.item.chapters.length} ${row.item.chapters.length === 1 ? 'chapter' : 'chapters'} · `}
              {row.steps} {row.steps === 1 ? 'step' : 'steps'}
            </span>
            {field('after')}
          </>}
      {step && <>
        {row.item.pointOfNoReturn && <span className={classes.ponr} title="Point of no return">PONR</span>}
        <Tasks step={row.item} active={active === 'tasks'} />
        {typed.step.slice(6).map((name) => field(name))}
      </>}
      {theirs !== undefined && <span className={classes.by}>{theirs}</span>}
      <span className="visually-hidden">{levelWord[level]}</span>
    </div>
  )
})
