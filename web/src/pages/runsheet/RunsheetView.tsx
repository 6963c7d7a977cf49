import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { type ForecastIndex, forecastIndex, forecastQuery } from '../../api/forecast'
import type { Board, StepAction, StepRow } from '../../api/types'
import { StepEvidence } from '../../features/evidence/StepEvidence'
import { TermsButton } from '../../features/iteration-new/terms/TermsButton'
import { anyChosen, clearChosen, toggleChosen } from '../../features/runbook/bulk/chosen'
import { FilterBar } from '../../features/runbook/FilterBar'
import type { FilterProps } from '../../features/runbook/FilterControls'
import { withFilter } from '../../features/runbook/filters'
import { NothingPasses } from '../../features/runbook/NothingPasses'
import { StepPanel } from '../../features/runbook/panel/StepPanel'
import { askDecision } from '../../features/runbook/pending'
import type { Item } from '../../features/runbook/rows'
import { Runsheet, stepsUnder, useSelection } from '../../features/runbook/Runsheet'
import { RunsheetHeader } from '../../features/runbook/RunsheetHeader'
import { type Scale, scaleOf } from '../../features/runbook/scale'
import { moved, useRows } from '../../features/runbook/useRows'
import { stepKeys } from '../../features/runbook/stepKeys'
import { type PressHow, useStepControls } from '../../features/runbook/useStepControls'
import { paths, type RunsheetSearch, writeRunsheetSearch } from '../../lib/paths'
import { millis } from '../../lib/time'
import { say } from '../../ui/notify'
import { EmptyState } from '../../ui/states'
import { useKeyActions } from '../../ui/useKeyActions'
import { useNow } from '../../ui/useNow'
import { StepMore } from './StepMore'
import { activationIn } from '../iteration/activation'
import { useWhatIf } from '../iteration/useWhatIf'
import classes from './page.module.css'

/** The same scale object while its ends are the same, so that rows need not be drawn again. */
function useScale(board: Board, minute: number, forecastEnd: number | null): Scale {
  const { start, end } = scaleOf(board.iteration, minute, forecastEnd)
  return useMemo(() => ({ start, end }), [start, end])
}

/** The view's part of the address, and how to change it. What one would go back from is a step of its own. */
function useAddress(board: Board) {
  const search: RunsheetSearch = useSearch({ from: '/signed-in/migrations/$key/iterations/$name' })
  const navigate = useNavigate()
  const go = (next: RunsheetSearch, replace = true) =>
    void navigate({ href: paths.runsheet(board.iteration.migration.key, board.iteration.name, next), replace })
  // Each change of a filter can be gone back from; a text that grows letter by letter is one change.
  const filter = (next: RunsheetSearch) => go(next, search.q !== undefined && next.q !== undefined && next.q !== search.q)
  return { search, go, filter }
}

/** The runsheet with its header, filters and panel; keys and selection hold them together. */
export function RunsheetView({ board }: { board: Board }) {
  const { search, go, filter } = useAddress(board)
  const minute = useNow(30_000)
  const document = useQuery(forecastQuery(board.iteration.id)).data
  const forecast = forecastIndex(document)
  const scale = useScale(board, minute, millis(document?.finish?.forecast))
  const { items, steps, of, fold, foldAll } = useRows(board, search, minute, forecast)
  const [selectedId, select] = useSelection(board, search.step)
  const searchRef = useRef<HTMLInputElement>(null)
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)
  const phone = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600)

  const open = (code: string | undefined) => go(withFilter(search, { step: code }), search.step !== undefined)
  const controls = useStepControls(board, search.step, (row) => {
    open(row.code)
    askDecision(row.id)
  }, activationIn(board.iteration.id))
  const selected = items.find((item) => item.id === selectedId)
  const whatIf = useWhatIf(board, selected?.kind === 'step' ? selected.row : undefined, controls.press)
  useEffect(() => clearChosen, [board.iteration.id])

  const press = (item: Item) => {
    select(item.id)
    if (item.kind === 'step') open(item.row.code)
    else fold(item.id, !item.folded)
  }
  const goTo = (item: Item | undefined) => {
    if (!item) return true
    select(item.id)
    // With the panel open, it follows; a group leaves it where it is.
    if (search.step !== undefined && item.kind === 'step' && !narrow) open(item.row.code)
    return true
  }
  const act = (action: StepAction, how: PressHow = 'plain') => () => {
    if (selected?.kind === 'step') controls.press(selected.row, action, how)
    else say(anyChosen() ? 'No line is selected: the bar under the table acts on the chosen steps.' : 'Choose a step first: J and K move.')
    return true
  }
  const setFold = (folded: boolean) => () => {
    if (!selected || selected.kind === 'step') return false
    fold(selected.id, folded)
    return true
  }
  useKeyActions({
    down: () => goTo(moved(items, selectedId, 1)),
    up: () => goTo(moved(items, selectedId, -1)),
    first: () => goTo(items[0]),
    last: () => goTo(items.at(-1)),
    open: () => (selected ? (press(selected), true) : false),
    close: () => (search.step === undefined ? false : (open(undefined), true)),
    choose: () => {
      if (!selected) return false
      toggleChosen(selected.kind === 'step' ? [selected.id] : stepsUnder(board, selected.id))
      return true
    },
    search: () => (searchRef.current?.focus(), true),
    fold: setFold(true),
    unfold: setFold(false),
    ...stepKeys(act),
  })

  const panel = search.step !== undefined && (
    <StepPanel
      board={board} code={search.step} onOpen={open} onClose={() => open(undefined)}
      onPress={(row: StepRow, action, how) => controls.press(row, action, how)} beside={whatIf.buttonOf}
      evidence={(detail) => <StepEvidence key={detail.id} iterationId={board.iteration.id} step={detail} />}
      more={(detail) => <StepMore board={board} step={detail} />}
    />
  )
  return (
    <div className={classes.page}>
      <RunsheetHeader board={board} forecast={forecast} search={search} more={<>{whatIf.button}<TermsButton iteration={board.iteration} /></>} />
      <FilterBar
        board={board} search={search} onChange={filter} searchRef={searchRef} onFoldAll={foldAll} steps={steps} of={of} forecast={forecast} phone={phone}
      />
      <div className={classes.body}>
        {items.length > 0
          ? <Runsheet board={board} items={items} scale={scale} forecast={forecast} selectedId={selectedId} view={viewOf(search)} onPress={press} />
          : <div className={classes.nothing}><Nothing board={board} search={search} onChange={filter} now={minute} forecast={forecast} /></div>}
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
      {whatIf.dialog}
    </div>
  )
}

/** The filters alone, as one word: the open step is no other view. */
const viewOf = (search: RunsheetSearch): string => writeRunsheetSearch(withFilter(search, { step: undefined }))

function Nothing(props: FilterProps & { now: number; forecast: ForecastIndex }) {
  if (props.board.steps.length > 0) return <NothingPasses {...props} />
  return <EmptyState title="This iteration has no steps">Its plan version holds none in scope.</EmptyState>
}
