import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type ForecastDocument, type ForecastIndex, forecastIndex, forecastQuery } from '../../api/forecast'
import { asProblem } from '../../api/problem'
import { nowQuery, rollupQuery } from '../../api/queries'
import type { Board, ChapterRollup, StepRow } from '../../api/types'
import { ChapterStrip } from '../../features/command-centre/ChapterStrip'
import { CriticalPath } from '../../features/command-centre/CriticalPath'
import { handoverWords } from '../../features/command-centre/handover'
import { emptyWords, type LateBy, type Line, linesOf } from '../../features/command-centre/now'
import { NowList } from '../../features/command-centre/NowList'
import { TitledCard } from '../../features/command-centre/TitledCard'
import { type Lateness, latenessIn, mayBeLate, openLateness } from '../../features/runbook/late'
import { MainButton } from '../../features/runbook/MainButton'
import { StepEvidence } from '../../features/evidence/StepEvidence'
import { StepPanel } from '../../features/runbook/panel/StepPanel'
import { askDecision } from '../../features/runbook/pending'
import { type StepControls, useStepControls } from '../../features/runbook/useStepControls'
import { figure } from '../../lib/figure'
import { type CommandCentreSearch, paths } from '../../lib/paths'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { activationIn } from '../iteration/activation'
import { useWhatIf } from '../iteration/useWhatIf'
import { StepMore } from '../runsheet/StepMore'
import { CommandHeader } from './CommandHeader'
import { Figures } from './Figures'
import { Side } from './Side'
import { useLineKeys } from './useLineKeys'
import classes from './command-centre.module.css'

/** Whose panel is open stands in the address. */
function useOpenStep(board: Board) {
  const { step }: CommandCentreSearch = useSearch({ from: '/signed-in/migrations/$key/iterations/$name/command' })
  const navigate = useNavigate()
  const { migration, name } = board.iteration
  const open = (code: string | undefined) =>
    void navigate({ href: paths.commandCentre(migration.key, name, code === undefined ? {} : { step: code }), replace: step !== undefined })
  return { step, open }
}

interface NowProps {
  board: Board
  lines: readonly Line[]
  now: ReturnType<typeof useNowList>
  index: ForecastIndex
  lateBy: LateBy
  chosenId: string | null
  onOpen: (row: StepRow) => void
  onPress: StepControls['press']
}

const useNowList = (board: Board) => useQuery(nowQuery(board.iteration.id))

function Now({ board, lines, now, index, lateBy, chosenId, onOpen, onPress }: NowProps) {
  const total = now.data?.total ?? 0
  const empty = emptyWords(board)
  return (
    <TitledCard
      title="Now, by effect on the finish" flush
      note={total > 0 && <span className="num">{figure(total)} in hand · in trouble, then late, then the rest; in each the least float first</span>}
    >
      {now.isPending && <LoadingRows rows={6} label="Loading what is in hand" />}
      {now.isError && !now.data && <ErrorState problem={asProblem(now.error)} onRetry={() => void now.refetch()} />}
      {now.data && lines.length === 0 && <EmptyState title={empty.title}>{empty.text}</EmptyState>}
      {lines.length > 0 && (
        <NowList
          lines={lines} forecast={index} lateBy={lateBy} total={Math.max(total, lines.length)} chosenId={chosenId} onOpen={onOpen}
          button={(row, chosen) => <MainButton row={row} chosen={chosen} onPress={onPress} />}
        />
      )}
    </TitledCard>
  )
}

function Chapters({ board, rollup, late }: { board: Board; rollup: ReturnType<typeof useRollup>; late: Lateness | null }) {
  const { migration, name } = board.iteration
  const hrefOf = (chapter: ChapterRollup) => paths.runsheet(migration.key, name, { chapter: [chapter.code] })
  return (
    <TitledCard title="Chapters" flush note={<span>each opens its rows in the runsheet</span>}>
      {rollup.data && <ChapterStrip rollup={rollup.data} late={late?.chapters ?? noneLate} hrefOf={hrefOf} />}
      {rollup.isPending && <LoadingRows rows={4} label="Loading the chapters" />}
      {rollup.isError && !rollup.data && <ErrorState problem={asProblem(rollup.error)} onRetry={() => void rollup.refetch()} />}
    </TitledCard>
  )
}

/** What the finish hangs on; nothing where no path could be found. */
function Path({ board, forecast, openCode, onOpen }: { board: Board; forecast: ForecastDocument; openCode: string | undefined; onOpen: (code: string) => void }) {
  if (forecast.problem !== null) return null
  return (
    <div className={classes.pathCard}>
      <TitledCard title="Critical path" flush note={<span>what is open of it; the bar is true to scale, from now on</span>}>
        <CriticalPath board={board} forecast={forecast} openCode={openCode} onOpen={onOpen} />
      </TitledCard>
    </div>
  )
}

const noneLate: ReadonlyMap<string, number> = new Map()
const useRollup = (board: Board) => useQuery(rollupQuery(board.iteration.id))

/** The pilot's screen: what is running, ready and late, worst first; how far it is; who has to be reminded; Hold. */
export function CommandCentreView({ board }: { board: Board }) {
  const { step, open } = useOpenStep(board)
  const now = useNowList(board)
  const rollup = useRollup(board)
  const forecast = useQuery(forecastQuery(board.iteration.id))
  const index = forecastIndex(forecast.data)
  const minute = useNow(30_000)
  const late = useMemo(() => (mayBeLate(board) ? openLateness(board, minute, index) : null), [board, minute, index])
  const lateBy = useMemo(() => latenessIn(board, minute, index), [board, minute, index])
  const lines = useMemo(() => linesOf(now.data, board, index, lateBy), [now.data, board, index, lateBy])
  const [chosenId, choose] = useState<string | null>(null)
  const chosen = lines.find(({ row }) => row.id === chosenId)?.row
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)
  const controls = useStepControls(board, step, (row) => {
    open(row.code)
    askDecision(row.id)
  }, activationIn(board.iteration.id))
  const whatIf = useWhatIf(board, chosen ?? board.steps.find(({ code }) => code === step), controls.press)
  useLineKeys({ lines, chosen, openCode: step, choose, open, press: controls.press })

  const openRow = (row: StepRow) => {
    choose(row.id)
    open(row.code)
  }
  const panel = step !== undefined && (
    <StepPanel
      board={board} code={step} onOpen={open} onClose={() => open(undefined)}
      onPress={controls.press} beside={whatIf.buttonOf}
      evidence={(detail) => <StepEvidence key={detail.id} iterationId={board.iteration.id} step={detail} />}
      more={(detail) => <StepMore board={board} step={detail} />}
    />
  )
  return (
    <div className={classes.page}>
      <CommandHeader board={board} forecast={forecast.data} whatIf={whatIf.button} />
      <div className={classes.body}>
        <div className={classes.main}>
          <Figures board={board} rollup={rollup.data} forecast={forecast.data} late={late} />
          {forecast.data && forecast.data.basis !== 'over' && <Path board={board} forecast={forecast.data} openCode={step} onOpen={open} />}
          <div className={classes.columns}>
            <div className={classes.column}>
              <Now board={board} lines={lines} now={now} index={index} lateBy={lateBy} chosenId={chosen?.id ?? null} onOpen={openRow} onPress={controls.press} />
              <Chapters board={board} rollup={rollup} late={late} />
            </div>
            <aside className={classes.side}><Side iterationId={board.iteration.id} handover={handoverWords(board, lines, rollup.data, late?.count)} /></aside>
          </div>
        </div>
        {!narrow && panel && <aside className={classes.panel} aria-label="Step">{panel}</aside>}
      </div>
      {narrow && (
        <Drawer
          opened={step !== undefined} onClose={() => open(undefined)} position="right" size="min(100%, 460px)"
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
