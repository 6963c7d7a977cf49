import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './plan-import.module.css'

interface Props<T> {
  label: string
  rows: readonly T[]
  idOf: (row: T, i: number) => string
  height: number
  render: (row: T) => ReactNode
  /** Asked when the end comes near. */
  onEnd?: (() => void) | undefined
}

/** A list of any length: only what is seen is drawn, and rows are as high as what is in them. */
export function LongList<T>({ label, rows, idOf, height, render, onEnd }: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change by design; nothing here memoises them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (i) => {
      const row = rows[i]
      return row === undefined ? i : idOf(row, i)
    },
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const near = last >= rows.length - 5
  useEffect(() => {
    if (near) onEnd?.()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once each time the end comes near, or moves
  }, [near, rows.length])
  return (
    // Reached by Tab, so that the arrow keys scroll it.
    <div ref={scroller} className={classes.long} role="list" aria-label={label} tabIndex={0}>
      <div style={{ height: virtual.getTotalSize() }} role="presentation">
        {items.map(({ index, start, key }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <div key={key} ref={virtual.measureElement} data-index={index} role="listitem" className={classes.longRow} style={{ transform: `translateY(${start}px)` }}>
              {render(row)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
