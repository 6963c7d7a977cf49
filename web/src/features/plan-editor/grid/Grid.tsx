import { useVirtualizer } from '@tanstack/react-virtual'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { PlanFinding } from '../../../api/plan'
import type { Column } from '../model/fields'
import type { Row } from '../model/rows'
import { GridRow } from './GridRow'
import { StatusLine } from './StatusLine'
import classes from './grid.module.css'

interface Props {
  rows: readonly Row[]
  selected: string | null
  active: Column
  editing: boolean
  worst: ReadonlyMap<string, PlanFinding['severity']>
  onPress: (row: Row, field: Column | null, how: 'select' | 'edit' | 'fold') => void
  onEdited: (next: 1 | -1 | 0 | null) => void
  scroller: React.RefObject<HTMLDivElement | null>
}

const wideRow = 30
const phoneRow = 54
const heads: readonly [Column, string][] = [
  ['code', 'Code'], ['type', 'Type'], ['name', 'Name'], ['team', 'Team'], ['durationSeconds', 'Duration'], ['after', 'After'], ['tasks', 'Tasks'],
  ['labels', 'Labels'], ['scope', 'Scope'],
]

function Head() {
  return <div className={classes.head} aria-hidden>{heads.map(([field, word]) => <span key={field} className={classes[field]}>{word}</span>)}</div>
}

/** The table: only the rows on screen exist, and only changed ones are drawn again. */
export function Grid({ rows, selected, active, editing, worst, onPress, onEdited, scroller }: Props) {
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const height = width > 0 && width <= 520 ? phoneRow : wideRow
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change by design; nothing here memoises them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (i) => rows[i]?.code ?? i,
    overscan: 14,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const at = selected === null ? -1 : rows.findIndex(({ code }) => code === selected)
  // What the address opens is shown in the middle; what is chosen in the table stays where the pointer is.
  const first = useRef(selected !== null)
  useEffect(() => {
    if (at < 0 || width === 0) return
    virtual.scrollToIndex(at, { align: first.current ? 'center' : 'auto' })
    first.current = false
    // Only a new selection scrolls; rows that come and go above it do not.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as said above
  }, [selected, width > 0])

  const hit = (event: React.MouseEvent): { row: Row; field: Column | null } | null => {
    const target = event.target instanceof Element ? event.target : null
    const row = rows[Number(target?.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1)]
    return row ? { row, field: (target?.closest<HTMLElement>('[data-field]')?.dataset.field ?? null) as Column | null } : null
  }
  const press = (event: React.MouseEvent, how: 'select' | 'edit') => {
    const found = hit(event)
    const onFold = event.target instanceof Element && event.target.closest('[data-fold]') !== null
    if (found) onPress(found.row, found.field, onFold ? 'fold' : how)
  }
  return (
    <div className={classes.sheet} ref={sizeRef}>
      <Head />
      <div
        ref={scroller} className={classes.scroller} role="treegrid" aria-label="Plan" tabIndex={0} aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= 0 ? `plan-${selected ?? ''}` : undefined}
        onClick={(event) => press(event, 'select')} onDoubleClick={(event) => press(event, 'edit')}
      >
        <div className={classes.canvas} role="rowgroup" style={{ height: rows.length * height }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            const on = row.code === selected
            return (
              <GridRow
                key={row.code} row={row} index={index} top={start} height={height} selected={on} active={on ? active : null}
                editing={on && editing ? active : null} finding={worst.get(row.code)} onEdited={onEdited}
              />
            )
          })}
        </div>
      </div>
      <StatusLine row={rows[at]} rows={rows} />
    </div>
  )
}
