import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { forecastIndex, forecastQuery } from '../../api/forecast'
import type { Board, StepAction } from '../../api/types'
import { Gantt } from '../../features/gantt/Gantt'
import { Ties } from '../../features/gantt/Ties'
import { FilterBar } from '../../features/runbook/FilterBar'
import { withFilter } from '../../features/runbook/filters'
import { NothingPasses } from '../../features/runbook/NothingPasses'
import { askDecision } from '../../features/runbook/pending'
import type { Item } from '../../features/runbook/rows'
import { useSelection } from '../../features/runbook/Runsheet'
import { stepKeys } from '../../features/runbook/stepKeys'
import { usePrinting } from '../../features/runbook/usePrinting'
import { firstOpen, indexOf, moved, useRows } from '../../features/runbook/useRows'
import { type PressHow, useStepControls } from '../../features/runbook/useStepControls'
import { blackoutsOf } from '../../lib/blackouts'
import { type RunsheetSearch, writeRunsheetSearch } from '../../lib/paths'
import { type GanttSearch, viewPaths } from '../../lib/viewPaths'
import { say } from '../../ui/notify'
import { EmptyState } from '../../ui/states'
import { useKeyActions } from '../../ui/useKeyActions'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { activationIn } from '../iteration/activation'
import { ForecastNotice } from '../iteration/ForecastNotice'
import { IterationHead } from '../iteration/IterationHead'
import { StepAside } from '../iteration/StepAside'
import { useWhatIf } from '../iteration/useWhatIf'
import classes from './gantt-page.module.css'
import { tipLines } from './tip'
import { tieTo, useGanttRows, waitingOf } from './useGanttRows'

/** Filters, the open step and the zoom stand in the address. */
function useAddress(board: Board) {
  const search: GanttSearch = useSearch({ from: '/signed-in/migrations/$key/iterations/$name/gantt' })
  const navigate = useNavigate()
  const { migration, name } = board.iteration
  const go = (next: GanttSearch, replace = true) => void navigate({ href: viewPaths.gantt(migration.key, name, next), replace })
  const near = search.zoom === undefined ? {} : { zoom: search.zoom }
  const filter = (next: RunsheetSearch) => go({ ...next, ...near }, search.q !== undefined && next.q !== undefined && next.q !== search.q)
  const open = (code: string | undefined) => go({ ...withFilter(search, { step: code }), ...near }, search.step !== undefined)
  const zoom = (pixels: number) => {
    if (search.zoom !== pixels) go({ ...search, zoom: pixels })
  }
  return { search, filter, open, zoom }
}

const nobody: readonly string[] = []

/** Every step against time: planned, baseline, forecast, actual; with the runsheet's filters, folds, keys and panel. */
export function GanttView({ board }: { board: Board }) {
  const { search, filter, open, zoom } = useAddress(board)
  const { zone } = useZone()
  const minute = useNow(30_000)
  const forecast = useQuery(forecastQuery(board.iteration.id))
  const flags = forecastIndex(forecast.data)
  const printing = usePrinting()
  const { items, steps, of, fold, foldAll } = useRows(board, search, minute, flags)
  const { look, rowAt, idAt, placeOf, range, marks } = useGanttRows(board, items, forecast.data, minute)
  const blackouts = useMemo(() => blackoutsOf(board.iteration.blackouts), [board.iteration.blackouts])
  const [selectedId, select] = useSelection(board, search.step)
  const searchRef = useRef<HTMLInputElement>(null)
  const phone = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600)
  const controls = useStepControls(board, search.step, (row) => {
    open(row.code)
    askDecision(row.id)
  }, activationIn(board.iteration.id))

  const at = indexOf(items, selectedId)
  const selected = items[at]
  const whatIf = useWhatIf(board, selected?.kind === 'step' ? selected.row : undefined, controls.press)
  const waiting = useMemo(() => waitingOf(board.steps), [board.steps])
  const after = selected?.kind === 'step' ? (waiting.get(selected.row.code) ?? []) : []
  const next = useMemo(() => (selected?.kind === 'step' ? (waiting.get(selected.row.code) ?? []).map(({ code }) => code) : nobody), [selected, waiting])
  const wordsOf = useCallback((index: number) => {
    const row = rowAt(index)
    return tipLines(row, look.forecast.get(row.code), blackouts, zone)
  }, [rowAt, look, blackouts, zone])

  const press = (item: Item | undefined) => {
    if (!item) return
    select(item.id)
    if (item.kind === 'step') open(item.row.code)
    else fold(item.id, !item.folded)
  }
  const goTo = (item: Item | undefined) => {
    if (!item) return true
    select(item.id)
    if (search.step !== undefined && item.kind === 'step' && window.innerWidth > 1000) open(item.row.code)
    return true
  }
  const goToCode = (code: string) => {
    const item = items[placeOf.get(code) ?? -1]
    if (item?.kind === 'step' && item.row.code !== code) return
    goTo(item)
  }
  const act = (action: StepAction, how: PressHow = 'plain') => () => {
    if (selected?.kind === 'step') controls.press(selected.row, action, how)
    else say('Choose a step first: J and K move.')
    return true
  }
  const setFold = (folded: boolean) => () => (selected && selected.kind !== 'step' ? (fold(selected.id, folded), true) : false)
  useKeyActions({
    down: () => goTo(moved(items, selectedId, 1)),
    up: () => goTo(moved(items, selectedId, -1)),
    first: () => goTo(items[0]),
    last: () => goTo(items.at(-1)),
    open: () => (selected ? (press(selected), true) : false),
    close: () => (search.step === undefined ? false : (open(undefined), true)),
    search: () => (searchRef.current?.focus(), true),
    fold: setFold(true),
    unfold: setFold(false),
    ...stepKeys(act),
  })

  const running = board.iteration.startedAt !== null && board.iteration.endedAt === null
  const tie = (link: { code: string; note: string }) => tieTo(board, placeOf, at, link)
  return (
    <div className={classes.page}>
      <IterationHead iteration={board.iteration} here="gantt" />
      <FilterBar board={board} search={search} onChange={filter} searchRef={searchRef} onFoldAll={foldAll} steps={steps} of={of} forecast={flags} phone={phone} />
      <ForecastNotice forecast={forecast} />
      <div className={classes.body}>
        <div className={classes.main}>
          {items.length > 0
            ? <Gantt
                count={items.length} rowAt={rowAt} idAt={idAt} placeOf={placeOf} range={range} zone={zone} marks={marks} blackouts={blackouts} selected={at} next={next} zoom={search.zoom} onZoom={zoom}
                running={running} openAt={at >= 0 ? at : firstOpen(items)} view={writeRunsheetSearch(withFilter(search, { step: undefined }))} printing={printing}
                label={`Gantt of ${board.iteration.name}`} wordsOf={wordsOf} onPress={(index) => press(items[index])}
              />
            : <div className={classes.nothing}>
                {board.steps.length > 0
                  ? <NothingPasses board={board} search={search} onChange={filter} now={minute} forecast={flags} />
                  : <EmptyState title="This iteration has no steps">Its plan version holds none in scope.</EmptyState>}
              </div>}
          <Ties
            code={selected === undefined ? undefined : selected.kind === 'step' ? selected.row.code : selected.code} before={at < 0 ? [] : rowAt(at).links.map(tie)} after={after.map(tie)}
            onGo={goToCode}
          />
        </div>
        <StepAside board={board} code={search.step} onOpen={open} onPress={controls.press} beside={whatIf.buttonOf} />
      </div>
      {controls.dialog}
      {whatIf.dialog}
    </div>
  )
}
