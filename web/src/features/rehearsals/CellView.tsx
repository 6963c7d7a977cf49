import { IconArrowDownRight, IconArrowUpRight, IconEqual, IconRefresh } from '@tabler/icons-react'
import type { RehearsalCell } from '../../api/rehearsals'
import { delay, span } from '../../lib/time'
import { StateMark } from '../../ui/StateMark'
import { difference, trendOf } from './compare'
import classes from './grid.module.css'

const trends = {
  slower: { icon: IconArrowUpRight, color: 'var(--t-red)' },
  faster: { icon: IconArrowDownRight, color: 'var(--t-green)' },
  'as planned': { icon: IconEqual, color: 'var(--t-dim)' },
} as const

const short = (seconds: number): string => (seconds === 0 ? '0 min' : span(seconds))

/** The bar of what was planned, and over it that of what was taken; both in the measure of their row. */
function Bars({ cell, full }: { cell: RehearsalCell; full: number }) {
  const width = (seconds: number) => `${(100 * seconds) / full}%`
  return (
    <span className={classes.bars} aria-hidden>
      <span className={classes.planned} style={{ width: width(cell.plannedSeconds) }} />
      {cell.actualSeconds !== null && (
        <span className={classes.actual} data-trend={cell.assumed ? 'assumed' : trendOf(cell)} style={{ width: width(cell.actualSeconds) }} />
      )}
    </span>
  )
}

function Attempts({ cell: { attempts, marks } }: { cell: RehearsalCell }) {
  if (!marks.includes('failed') && !marks.includes('retried')) return null
  const words = `${marks.includes('failed') ? 'failed, ' : ''}${attempts === 1 ? '1 attempt' : `${attempts} attempts`}`
  return <span className={classes.attempts} title={words}><IconRefresh size={13} aria-hidden /> {words}</span>
}

/** What was taken, and by how much that differs, with its word. */
function Measured({ cell, seconds }: { cell: RehearsalCell; seconds: number }) {
  const by = difference(cell)
  if (by === null) return <span className={classes.figures}><b className="num">~{short(seconds)}</b> <span className="dim">start assumed</span></span>
  const trend = trendOf(cell)
  const { icon: Icon, color } = trends[trend]
  return (
    <span className={classes.figures}>
      <b className="num">{short(seconds)}</b>
      <span className={`num ${classes.delta}`} style={{ color }}>
        <Icon size={14} aria-hidden /> {by === 0 ? '' : `${delay(by)} `}<span className={classes.word}>{trend}</span>
      </span>
    </span>
  )
}

/** Why there is no duration: what it was then, or how it stands. */
function Unmeasured({ cell }: { cell: RehearsalCell }) {
  if (!cell.inScope) return <span className="dim">Out of scope</span>
  if (cell.dormant) return <span className="dim">Rollback, not woken</span>
  return <StateMark state={cell.state} />
}

/** One step in one iteration: planned against taken, or what became of it instead. */
export function CellView({ cell, full }: { cell: RehearsalCell | null; full: number }) {
  if (cell === null) return <span className={`dim ${classes.none}`}>Not in its version</span>
  const seconds = cell.actualSeconds
  return (
    <>
      <span className={classes.line}>
        {seconds === null ? <Unmeasured cell={cell} /> : <Measured cell={cell} seconds={seconds} />}
        <Attempts cell={cell} />
      </span>
      {cell.inScope && !cell.dormant && <Bars cell={cell} full={full} />}
    </>
  )
}

/** The cell in a sentence, for hover and for who listens. */
export function cellWords(cell: RehearsalCell | null, iteration: string): string {
  if (cell === null) return `${iteration}: not in its version`
  const planned = `planned ${short(cell.plannedSeconds)}`
  const then = cell.code === null ? '' : `, then ${cell.code}`
  if (cell.actualSeconds === null) return `${iteration}${then}: ${cell.inScope ? cell.state.replace('_', ' ') : 'out of scope'}, ${planned}`
  const by = difference(cell)
  const took = cell.assumed ? `about ${short(cell.actualSeconds)}, its start is assumed` : `took ${short(cell.actualSeconds)}`
  const than = cell.marks.includes('slower_than_before') ? ', slower than the time before' : ''
  return `${iteration}${then}: ${took}, ${planned}${by === null ? '' : ` (${delay(by)})`}${than}`
}
