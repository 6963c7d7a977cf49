import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import type { Board, StepAction, StepRow } from '../../api/types'
import { FilterBar, withFilter } from '../../features/runbook/FilterBar'
import { StepPanel } from '../../features/runbook/panel/StepPanel'
import { askDecision } from '../../features/runbook/pending'
import type { Item } from '../../features/runbook/rows'
import { Runsheet, useSelection } from '../../features/runbook/Runsheet'
import { RunsheetHeader } from '../../features/runbook/RunsheetHeader'
import { type Scale, scaleOf } from '../../features/runbook/scale'
import { moved, useRows } from '../../features/runbook/useRows'
import { useStepControls } from '../../features/runbook/useStepControls'
import { paths, type RunsheetSearch } from '../../lib/paths'
import { say } from '../../ui/notify'
import { EmptyState } from '../../ui/states'
import { useKeyActions } from '../../ui/useKeyActions'
import { useNow } from '../../ui/useNow'
import classes from './page.module.css'

/** The same scale object while its ends are the same, so that rows need not be drawn again. */
function useScale(board: Board, minute: number): Scale {
  const { start, end } = scaleOf(board.iteration, minute)
  return useMemo(() => ({ start, end }), [start, end])
}

/** The view's part of the address, and how to change it. Filters replace, an opened step can be gone back from. */
function useAddress(board: Board) {
  const search: RunsheetSearch = useSearch({ from: '/signed-in/migrations/$key/iterations/$name' })
  const navigate = useNavigate()
  const go = (next: RunsheetSearch, replace = true) =>
    void navigate({ href: paths.runsheet(board.iteration.migration.key, board.iteration.name, next), replace })
  return { search, go }
}

/** The runsheet with its header, filters and panel; keys and selection hold them together. */
export function RunsheetView({ board }: { board: Board }) {
  const { search, go } = useAddress(board)
  const minute = useNow(60_000)
  const scale = useScale(board, minute)
  const { items, fold, foldAll } = useRows(board, search, minute)
  const [selectedId, select] = useSelection(board, search.step)
  const searchRef = useRef<HTMLInputElement>(null)
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)

  const open = (code: string | undefined) => go(withFilter(search, { step: code }), search.step !== undefined)
  const controls = useStepControls(board, search.step, (row) => {
    open(row.code)
    askDecision(row.id)
  })
  const selected = items.find((item) => item.id === selectedId)

  const press = (item: Item) => {
    select(item.id)
    if (item.kind === 'step') open(item.row.code)
    else fold(item.id, !item.folded)
  }
  const move = (by: number) => {
    const item = moved(items, selectedId, by)
    if (!item) return true
    select(item.id)
    // With the panel open, it follows; a group leaves it where it is.
    if (search.step !== undefined && item.kind === 'step' && !narrow) open(item.row.code)
    return true
  }
  const act = (action: StepAction, withText = false) => () => {
    if (selected?.kind === 'step') controls.press(selected.row, action, withText)
    else say('Choose a step first: J and K move.')
    return true
  }
  const setFold = (folded: boolean) => () => {
    if (!selected || selected.kind === 'step') return false
    fold(selected.id, folded)
    return true
  }
  useKeyActions({
    down: () => move(1),
    up: () => move(-1),
    first: () => move(-items.length),
    last: () => move(items.length),
    open: () => (selected ? (press(selected), true) : false),
    close: () => (search.step === undefined ? false : (open(undefined), true)),
    search: () => (searchRef.current?.focus(), true),
    fold: setFold(true),
    unfold: setFold(false),
    activate: act('activate'),
    activateWithText: act('activate', true),
    start: act('start'),
    complete: act('complete'),
    fail: act('fail'),
    skip: act('skip'),
    retry: act('retry'),
  })

  const panel = search.step !== undefined && (
    <StepPanel
      board={board} code={search.step} onOpen={open} onClose={() => open(undefined)}
      onPress={(row: StepRow, action, withText) => controls.press(row, action, withText)}
    />
  )
  return (
    <div className={classes.page}>
      <RunsheetHeader board={board} scale={scale} />
      <FilterBar board={board} search={search} onChange={(next) => go(next)} searchRef={searchRef} onFoldAll={foldAll} />
      <div className={classes.body}>
        {items.length > 0
          ? <Runsheet board={board} items={items} scale={scale} selectedId={selectedId} onPress={press} />
          : <Nothing filtered={board.steps.length > 0} />}
        {!narrow && panel && <aside className={classes.panel}>{panel}</aside>}
      </div>
      {narrow && (
        <Drawer
          opened={search.step !== undefined} onClose={() => open(undefined)} position="right" size="min(100%, 460px)"
          withCloseButton={false} padding={0} aria-label="Step" styles={{ body: { height: '100%' } }}
        >
          {panel}
        </Drawer>
      )}
      {controls.dialog}
    </div>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered
    ? <div className={classes.nothing}><EmptyState title="No step passes these filters">Clear them to see all steps again.</EmptyState></div>
    : <div className={classes.nothing}><EmptyState title="This iteration has no steps">Its plan version holds none in scope.</EmptyState></div>
}
