import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useKeyActions } from '../../ui/useKeyActions'
import { serverNow } from '../../lib/serverTime'
import type { Blackout } from '../../lib/blackouts'
import { linesOf, marksOf, namesOf } from './axis'
import { Axis, blackoutsOn, Corner } from './Axis'
import { linksOf, type Sheet } from './drawn'
import classes from './gantt.module.css'
import { laneHeight, rowHeight, scaleHeight } from './heights'
import { type Ground, Paper } from './Paper'
import { PrintGantt } from './PrintGantt'
import { RowBars } from './RowBars'
import { RowHead } from './RowHead'
import { reach, widthOf } from './scale'
import { Tip } from './Tip'
import { Toolbar } from './Toolbar'
import type { GanttRow, Mark } from './types'
import { useNowLine } from './useNowLine'
import { useSection } from './useSection'
import { useZoom } from './useZoom'

interface Props {
  count: number
  rowAt: (index: number) => GanttRow
  /** The same function while the rows are the same ones: it is asked of all of them. */
  idAt: (index: number) => string
  placeOf: ReadonlyMap<string, number>
  range: { start: number; end: number }
  zone: string
  marks: readonly Mark[]
  blackouts: readonly Blackout[]
  /** The selected row; -1 = none. */
  selected: number
  /** Codes of what waits for the selected row. */
  next: readonly string[]
  zoom: number | undefined
  onZoom: (zoom: number) => void
  /** Begun and not over: there is a now to go to. */
  running: boolean
  /** Where to begin; and which filters are set: another view begins at its top. */
  openAt: number
  view: string
  printing: boolean
  label: string
  wordsOf: (index: number) => readonly string[]
  onPress: (index: number) => void
}

/** How wide the heads are: less where there is little room. */
const headsOf = (width: number): number => (width <= 600 ? 150 : width <= 1000 ? 340 : width <= 1250 ? 480 : 560)

/** Every row against time. Only the rows on screen exist, and only changed ones are drawn again. */
export function Gantt(props: Props) {
  const { count, rowAt, idAt, placeOf, range, zone, selected, next, running, view, onPress } = props
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width: seen } = useElementSize<HTMLDivElement>()
  const attach = useMergedRef(scroller, sizeRef)
  const heads = headsOf(seen)
  const room = Math.max(160, seen - heads)
  const focus = () => (selected >= 0 ? (reach(rowAt(selected))?.[0] ?? null) : running ? serverNow() : null)
  const zoom = useZoom({ range, room, zoom: props.zoom, onZoom: props.onZoom, scrollerRef: scroller, heads, focus })
  const { scale } = zoom
  const section = useSection(scroller, room)
  const width = Math.max(room, widthOf(scale))
  const lines = useMemo(() => linesOf(props.marks, scale), [props.marks, scale])
  const names = useMemo(() => namesOf(lines, scale, zone, room), [lines, scale, zone, room])
  const blackouts = useMemo(() => blackoutsOn(props.blackouts, scale), [props.blackouts, scale])
  const axisHeight = scaleHeight + (names.lanes + (blackouts.length > 0 ? 1 : 0)) * laneHeight
  useNowLine(canvas, scale, running)

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change by design; nothing here memoises them
  const virtual = useVirtualizer({
    count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, getItemKey: idAt, overscan: 6,
    paddingStart: axisHeight, scrollPaddingStart: axisHeight, scrollPaddingEnd: rowHeight,
  })
  const measured = seen > 0
  const place = useRef({ view, opened: false })
  useEffect(() => {
    if (!measured) return
    if (!place.current.opened) {
      place.current.opened = true
      if (props.openAt > 4) virtual.scrollToIndex(props.openAt - 4, { align: 'start' })
      const span = props.openAt >= 0 ? reach(rowAt(props.openAt)) : null
      if (running) zoom.goTo(serverNow(), 0.3)
      else if (span) zoom.goTo(span[0], 0.1)
    } else if (place.current.view !== view) virtual.scrollToOffset(0)
    place.current.view = view
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only opening and another view scroll
  }, [measured, view])
  const chosenId = selected >= 0 ? idAt(selected) : null
  useEffect(() => {
    if (selected < 0) return
    virtual.scrollToIndex(selected, { align: 'auto' })
    const span = reach(rowAt(selected))
    if (span && place.current.opened) zoom.reveal(span[0], span[1])
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new selection scrolls; rows that come and go above it do not
  }, [chosenId])

  const toNow = useCallback(() => {
    const index = firstRunning(count, rowAt)
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' })
    zoom.goTo(serverNow())
  }, [count, rowAt, virtual, zoom])
  useKeyActions({
    nearer: () => (zoom.by(1.5), true), farther: () => (zoom.by(1 / 1.5), true), fit: () => (zoom.fit(), true),
    toNow: () => (running ? (toNow(), true) : false),
  })

  const height = axisHeight + count * rowHeight
  const marks = useMemo(() => marksOf(scale, zone, section.from, section.to), [scale, zone, section.from, section.to])
  const sheet: Sheet = useMemo(() => ({ count, rowAt, placeOf, rowHeight, top: axisHeight }), [count, rowAt, placeOf, axisHeight])
  const shown = virtual.getVirtualItems()
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? -1]
  const links = useMemo(() => linksOf(sheet, scale, first, last, selected, next), [sheet, scale, first, last, selected, next])
  const rows = shown.map(({ index, start }) => ({ index, top: start, row: rowAt(index) }))
  const grounds = rows.flatMap(({ index, top, row }): Ground[] => (index === selected ? [{ top, kind: 'selected' }] : row.kind === 'step' ? [] : [{ top, kind: row.kind }]))

  const indexAt = useCallback((event: { clientY: number }) => {
    const top = canvas.current?.getBoundingClientRect().top
    const box = scroller.current?.getBoundingClientRect()
    if (top === undefined || !box || event.clientY < box.top + axisHeight) return undefined
    const index = Math.floor((event.clientY - top - axisHeight) / rowHeight)
    return index >= 0 && index < count ? index : undefined
  }, [count, axisHeight])
  const press = (event: React.MouseEvent) => {
    const index = indexAt(event)
    if (index !== undefined) onPress(index)
  }

  if (props.printing) return <PrintGantt count={count} rowAt={rowAt} range={range} zone={zone} marks={props.marks} blackouts={props.blackouts} />
  return (
    <div className={classes.gantt} style={{ '--heads': `${heads}px`, '--axis': `${axisHeight}px` } as React.CSSProperties} data-narrow={heads < 200 || undefined} data-middle={heads === 340 || undefined}>
      <Toolbar zoom={zoom} blackouts={props.blackouts.length > 0} onNow={running ? toNow : undefined} />
      <div
        ref={attach} className={classes.scroller} role="treegrid" aria-label={props.label} tabIndex={0} aria-rowcount={count + 1}
        aria-activedescendant={chosenId === null ? undefined : `gantt-${chosenId}`} onClick={press}
      >
        <div ref={canvas} className={classes.canvas} style={{ width: heads + width, height }}>
          <div className={classes.top}><Corner scale={scale} zone={zone} /><Axis marks={marks} width={width} flags={names.placed} blackouts={blackouts} zone={zone} /></div>
          <div className={classes.heads} role="rowgroup">
            {rows.map(({ index, top, row }) => (
              <RowHead key={row.id} row={row} index={index} top={top - axisHeight} height={rowHeight} selected={index === selected} words={props.wordsOf(index).slice(1).join('\n')} />
            ))}
          </div>
          <Paper width={width} height={height} marks={marks} lines={lines} blackouts={blackouts} links={links} grounds={grounds} rowHeight={rowHeight}>
            {rows.map(({ top, row }) => <RowBars key={row.id} row={row} scale={scale} top={top} height={rowHeight} />)}
          </Paper>
          <div className={classes.nowLine} />
        </div>
      </div>
      <Tip scroller={scroller} rowAt={indexAt} linesOf={props.wordsOf} heads={heads} />
    </div>
  )
}

/** The row that "now" means: the first that is running, else the first that is still to come. */
function firstRunning(count: number, rowAt: (index: number) => GanttRow): number {
  let coming = -1
  for (let i = 0; i < count; i += 1) {
    const row = rowAt(i)
    if (row.kind !== 'step' || row.dormant) continue
    if (row.running) return i
    if (coming < 0 && !row.over && reach(row) !== null) coming = i
  }
  return coming
}
