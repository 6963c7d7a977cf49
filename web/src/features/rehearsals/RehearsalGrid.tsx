import { useElementSize, useMergedRef } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, memo, useEffect, useRef } from 'react'
import type { Rehearsals, RehearsalStep } from '../../api/rehearsals'
import { paths } from '../../lib/paths'
import { span } from '../../lib/time'
import { type Column, longest } from './compare'
import { CellView, cellWords } from './CellView'
import { GridHead } from './GridHead'
import { useGridKeys } from './useGridKeys'
import classes from './grid.module.css'

interface Props {
  all: Rehearsals
  columns: Column[]
  rows: RehearsalStep[]
  /** Which steps are shown, in which order: another view begins at its top. */
  view: string
}

const rowHeight = 50

interface RowProps {
  step: RehearsalStep
  columns: Column[]
  migrationKey: string
  index: number
  top: number
  /** The place of the cell that the keys stand on; null in other rows. */
  at: number | null
}

const GridRow = memo(function GridRow({ step, columns, migrationKey, index, top, at }: RowProps) {
  const full = longest(step, columns)
  return (
    <div role="row" className={classes.row} aria-rowindex={index + 2} data-step={step.code} data-selected={at !== null || undefined} style={{ transform: `translateY(${top}px)` }}>
      <span role="rowheader" className={classes.step} title={`${step.code} ${step.name} · ${step.chapter}${step.team === null ? '' : ` · ${step.team}`}`}>
        <span className={classes.code}><b className="num">{step.code}</b>{step.estimateSeconds === null ? <small className="dim"> no longer in the plan</small> : <small className="dim num"> {step.estimateSeconds === 0 ? 'no length' : span(step.estimateSeconds)}</small>}</span>
        <span className={classes.cut}>{step.name}</span>
      </span>
      {columns.map(({ at: place, iteration }, column) => {
        const cell = step.cells[place] ?? null
        const words = cellWords(cell, iteration.name)
        const common = { role: 'gridcell', id: `cell-${index}-${column}`, className: classes.cell ?? '', 'aria-label': words, title: words, 'data-at': at === column || undefined }
        return cell === null
          ? <span key={iteration.id} {...common}><CellView cell={null} full={full} /></span>
          : (
            <Link key={iteration.id} {...common} tabIndex={-1} to={paths.runsheet(migrationKey, iteration.name, { step: cell.code ?? step.code })}>
              <CellView cell={cell} full={full} />
            </Link>
          )
      })}
    </div>
  )
})

/** Iterations as columns, steps as rows: only the rows on screen exist, and the steps' names stay where they are. */
export function RehearsalGrid({ all, columns, rows, view }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change by design; nothing here memoises them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (i) => rows[i]?.code ?? i,
    overscan: 6,
  })
  const at = useGridKeys(rows, columns, all.migrationKey, (row) => virtual.scrollToIndex(row, { align: 'auto' }))
  const drawn = useRef(view)
  useEffect(() => {
    if (drawn.current === view) return
    drawn.current = view
    virtual.scrollToOffset(0)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another view scrolls
  }, [view])
  const measures = { '--columns': columns.length } as CSSProperties
  return (
    <div
      ref={useMergedRef(scroller, sizeRef)} className={classes.scroller} role="grid" aria-label="Rehearsals side by side" tabIndex={0} style={measures}
      data-narrow={(width > 0 && width < 640) || undefined} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1}
      aria-activedescendant={at === null ? undefined : `cell-${at.row}-${at.column}`}
    >
      <GridHead columns={columns} all={all} />
      <div className={classes.canvas} role="rowgroup" style={{ height: rows.length * rowHeight }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const step = rows[index]
          return step && <GridRow key={step.code} step={step} columns={columns} migrationKey={all.migrationKey} index={index} top={start} at={at?.row === index ? at.column : null} />
        })}
      </div>
    </div>
  )
}
