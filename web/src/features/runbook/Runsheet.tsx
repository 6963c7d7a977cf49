import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import type { ForecastIndex } from '../../api/forecast'
import type { Board } from '../../api/types'
import { offsetIn } from '../../lib/wallTime'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { BulkBar } from './bulk/BulkBar'
import { toggleChosen } from './bulk/chosen'
import { GroupRowView } from './GroupRowView'
import { HoverNote } from './HoverNote'
import { delayAt, isLate } from './late'
import { type Item } from './rows'
import { RunsheetHead } from './RunsheetHead'
import { overDays, place, type Scale } from './scale'
import { StatusLine } from './StatusLine'
import { StepRowView } from './StepRowView'
import { usePrinting } from './usePrinting'
import { firstOpen, indexOf } from './useRows'
import { afterWords, waitNote, whyWaiting } from './words'
import classes from './runsheet.module.css'

interface Props {
  board: Board
  items: Item[]
  scale: Scale
  forecast: ForecastIndex
  selectedId: string | null
  /** Which filters are set: another view begins at its top, or where the selected line is. */
  view: string
  /** A press on a line: a step opens, a group folds. */
  onPress: (item: Item) => void
}

const wideRow = 30
const phoneRow = 56

/** Keeps the now-line where now is, without drawing any row again. */
function useNowLine(scale: Scale, running: boolean): (node: HTMLElement | null) => void {
  const node = useRef<HTMLElement | null>(null)
  const now = useNow(5_000)
  useEffect(() => {
    const inside = running && now >= scale.start && now <= scale.end
    node.current?.style.setProperty('--now', inside ? `${place(scale, now)}%` : '-9999px')
  }, [now, scale, running])
  return useCallback((next) => {
    node.current = next
  }, [])
}

/** The table: only the rows on screen exist, and only changed ones are drawn again. */
export function Runsheet({ board, items, scale, forecast, selectedId, view, onPress }: Props) {
  const { zone } = useZone()
  const minute = useNow(30_000)
  const printing = usePrinting()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const height = width > 0 && width <= 600 ? phoneRow : wideRow
  const nowLine = useNowLine(scale, board.iteration.startedAt !== null && board.iteration.endedAt === null)
  const teams = useMemo(() => new Map(board.teams.map((team) => [team.id, team.name])), [board.teams])
  // The same function while the lines are the same ones: it is asked of all of them.
  const idAt = useCallback((i: number) => items[i]?.id ?? i, [items])
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change by design; nothing here memoises them
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: idAt,
    overscan: 8,
  })
  useEffect(() => virtual.measure(), [virtual, height])

  const at = indexOf(items, selectedId)
  const measured = width > 0
  useEffect(() => {
    // A sheet opened in mid-night begins where the night is, with a little of what went before.
    if (!measured) return
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' })
    else if (board.iteration.startedAt !== null) virtual.scrollToIndex(Math.max(0, firstOpen(items) - 3), { align: 'start' })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it is opened
  }, [measured])
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
    // Only a new selection scrolls; rows that come and go above it do not.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as said above
  }, [selectedId])
  const drawn = useRef(view)
  useEffect(() => {
    if (drawn.current === view) return
    drawn.current = view
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' })
    else virtual.scrollToOffset(0)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another view scrolls
  }, [view])

  const shown = printing ? items.map((_, i) => ({ index: i, start: 0 })) : virtual.getVirtualItems()
  const draw = (index: number, top: number) => {
    const item = items[index]
    if (!item) return null
    const common = { index, top, height, selected: item.id === selectedId, scale, zone }
    if (item.kind !== 'step') return <GroupRowView key={item.id} item={item} why={afterWords(board, item.after)} {...common} />
    const { row } = item
    return (
      <StepRowView
        key={item.id} row={row} teamName={row.teamId === null ? '' : (teams.get(row.teamId) ?? '')}
        note={waitNote(row, minute, zone)} why={whyWaiting(board, row, minute, zone).join('\n')}
        late={isLate(row, minute, forecast)} delaySeconds={board.iteration.startedAt === null && !forecast.has(row.code) ? null : delayAt(row, minute, forecast)}
        step={forecast.get(row.code)} {...common}
      />
    )
  }

  const press = (event: React.MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const item = row ? items[Number(row.dataset.index)] : undefined
    if (!item) return
    // Ctrl- or ⌘-click chooses a step, or every step of a group, to act on several at once.
    if (event.ctrlKey || event.metaKey) toggleChosen(item.kind === 'step' ? [item.id] : stepsUnder(board, item.id))
    else onPress(item)
  }

  return (
    <div className={classes.sheet} data-days={overDays(scale) || undefined} data-zones={offsetIn(scale.start, zone) !== offsetIn(scale.end, zone) || undefined} ref={useMergedRef(sizeRef, nowLine)}>
      <RunsheetHead scale={scale} />
      <div
        ref={scroller} className={classes.scroller} role="treegrid" aria-label="Runsheet" tabIndex={0}
        aria-rowcount={items.length + 1} aria-activedescendant={at >= 0 ? `row-${selectedId ?? ''}` : undefined}
        onClick={press}
      >
        <div className={classes.canvas} role="rowgroup" style={{ height: items.length * height }}>
          {shown.map(({ index, start }) => draw(index, start))}
        </div>
      </div>
      <BulkBar board={board} />
      <StatusLine board={board} item={items[at]} />
      <HoverNote within={scroller} />
    </div>
  )
}

/** The steps of a chapter or macro-phase, by their keys. */
export function stepsUnder(board: Board, groupId: string): string[] {
  const chapters = new Set(board.chapters.filter(({ id, macroPhaseId }) => id === groupId || macroPhaseId === groupId).map(({ id }) => id))
  return board.steps.filter(({ chapterId, dormant, inScope }) => chapters.has(chapterId) && !dormant && inScope).map(({ id }) => id)
}

/** Selection by row, kept in step with the panel in the address. */
export function useSelection(board: Board, openCode: string | undefined) {
  const idOf = (code: string | undefined) => board.steps.find((row) => row.code === code)?.id ?? null
  const [selected, setSelected] = useState<string | null>(() => idOf(openCode))
  const [seen, setSeen] = useState(openCode)
  if (seen !== openCode) {
    setSeen(openCode)
    if (openCode !== undefined) setSelected(idOf(openCode))
  }
  return [selected, setSelected] as const
}
