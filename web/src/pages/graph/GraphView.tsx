import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { forecastQuery } from '../../api/forecast'
import type { Board } from '../../api/types'
import { Graph } from '../../features/graph/Graph'
import { drawingOf } from '../../features/graph/layout'
import { homesOf } from '../../features/graph/ties'
import { askDecision } from '../../features/runbook/pending'
import { useStepControls } from '../../features/runbook/useStepControls'
import { type GraphSearch, viewPaths } from '../../lib/viewPaths'
import { EmptyState } from '../../ui/states'
import { useKeyActions } from '../../ui/useKeyActions'
import { useNow } from '../../ui/useNow'
import { activationIn } from '../iteration/activation'
import { ForecastNotice } from '../iteration/ForecastNotice'
import { IterationHead } from '../iteration/IterationHead'
import { StepAside } from '../iteration/StepAside'
import { useWhatIf } from '../iteration/useWhatIf'
import classes from './graph-page.module.css'
import { networkOf, nextOf } from './network'

/** The open step and the unfolded chapters stand in the address. */
function useAddress(board: Board) {
  const search: GraphSearch = useSearch({ from: '/signed-in/migrations/$key/iterations/$name/graph' })
  const navigate = useNavigate()
  const { migration, name } = board.iteration
  const go = (next: GraphSearch) => void navigate({ href: viewPaths.graph(migration.key, name, next), replace: true })
  const open = (step: string | undefined) => go({ ...(search.open ? { open: search.open } : {}), ...(step === undefined ? {} : { step }) })
  const unfold = (codes: readonly string[]) => go({ ...(search.step === undefined ? {} : { step: search.step }), ...(codes.length > 0 ? { open: [...codes] } : {}) })
  return { search, open, unfold }
}

/** Finds a step or chapter by its code or name, and goes there. */
function Finder({ board, onFind, searchRef }: { board: Board; onFind: (code: string) => void; searchRef: React.RefObject<HTMLInputElement | null> }) {
  const data = useMemo(() => [
    ...board.chapters.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    ...board.steps.filter(({ inScope }) => inScope).map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
  ], [board.chapters, board.steps])
  return (
    <Select
      ref={searchRef} size="xs" className={classes.finder ?? ''} aria-label="Find a step or chapter in the graph" placeholder="Find a step or chapter  /" searchable limit={40} data={data} value={null}
      onChange={(code) => { if (code !== null) onFind(code) }} nothingFoundMessage="Nothing here is called that"
    />
  )
}

/** The night as a network: chapters with what their steps do, unfolded into the steps themselves. */
export function GraphView({ board }: { board: Board }) {
  const { search, open, unfold } = useAddress(board)
  const minute = useNow(30_000)
  const forecast = useQuery(forecastQuery(board.iteration.id))
  const network = useMemo(() => networkOf(board, forecast.data, minute), [board, forecast.data, minute])
  const homes = useMemo(() => homesOf(network), [network])
  // The address of a step leads to it, wherever it is folded away.
  const [first] = useState(search.step)
  const unfolded = useMemo(() => new Set(search.open ?? (first === undefined ? [] : [homes.get(first) ?? ''])), [search.open, first, homes])
  const drawn = useMemo(() => drawingOf(network, unfolded), [network, unfolded])
  const [target, setTarget] = useState<{ code: string } | null>(() => (search.step === undefined ? null : { code: search.step }))
  // Only once: what comes next goes on, and whoever looks at it is not moved along.
  const [next] = useState(() => nextOf(network))
  const openAt = next !== null && unfolded.has(homes.get(next) ?? '') ? next : next === null ? null : (homes.get(next) ?? null)
  const searchRef = useRef<HTMLInputElement>(null)
  const controls = useStepControls(board, search.step, (row) => {
    open(row.code)
    askDecision(row.id)
  }, activationIn(board.iteration.id))

  const whatIf = useWhatIf(board, board.steps.find(({ code }) => code === search.step), controls.press)

  const all = network.chapters.filter(({ steps }) => steps.length > 0).map(({ code }) => code)
  const isChapter = (code: string) => network.chapters.some((chapter) => chapter.code === code)
  const find = (code: string) => {
    const chapter = homes.get(code)
    if (chapter !== undefined && chapter !== code && !unfolded.has(chapter)) unfold([...unfolded, chapter])
    setTarget({ code })
    searchRef.current?.blur()
  }
  const press = (code: string) => {
    if (!isChapter(code)) open(code)
    else unfold(unfolded.has(code) ? [...unfolded].filter((one) => one !== code) : [...unfolded, code])
  }
  useKeyActions({
    search: () => (searchRef.current?.focus(), true),
    close: () => (search.step === undefined ? false : (open(undefined), true)),
  })
  if (network.chapters.length === 0) {
    return <div className={classes.page}><IterationHead iteration={board.iteration} here="graph" /><EmptyState title="This iteration has no steps">Its plan version holds none in scope.</EmptyState></div>
  }
  return (
    <div className={classes.page}>
      <IterationHead iteration={board.iteration} here="graph" />
      <div className={`${classes.bar} no-print`}>
        <Finder board={board} onFind={find} searchRef={searchRef} />
        <Button variant="default" disabled={unfolded.size === 0} onClick={() => unfold([])}>Fold all</Button>
        <Button variant="default" disabled={all.every((code) => unfolded.has(code))} onClick={() => unfold(all)}>Unfold all</Button>
        <span className={classes.legend}>Thick frames and lines: the critical path. Point at a line for its kind and lag.</span>
      </div>
      <ForecastNotice forecast={forecast} />
      <div className={classes.body}>
        <Graph drawn={drawn} label={`Graph of ${board.iteration.name}`} selected={search.step} target={target} openAt={openAt} onPress={press} />
        <StepAside
          board={board} code={search.step} onPress={controls.press} beside={whatIf.buttonOf}
          onOpen={(code) => { open(code); if (code !== undefined) setTarget({ code }) }}
        />
      </div>
      {controls.dialog}
      {whatIf.dialog}
    </div>
  )
}
