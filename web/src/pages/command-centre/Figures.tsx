import type { ForecastDocument } from '../../api/forecast'
import type { Board, IterationRollup } from '../../api/types'
import { Counts } from '../../features/command-centre/Counts'
import { TitledCard } from '../../features/command-centre/TitledCard'
import { WindowGauge } from '../../features/command-centre/WindowGauge'
import type { Lateness } from '../../features/runbook/late'
import { WindowBar } from '../../features/runbook/WindowBar'
import { figure } from '../../lib/figure'
import { delay } from '../../lib/time'
import { percentText } from '../../ui/ProgressFigure'
import { RagMark } from '../../ui/RagMark'
import classes from './command-centre.module.css'

/** A board with its forecast: undefined while it is on its way, null while none was made. */
interface Forecasted { board: Board; forecast: ForecastDocument | null | undefined }

function Progress({ board, rollup, late }: { board: Board; rollup: IterationRollup | undefined; late: Lateness | null }) {
  const { progress } = board.iteration
  const chapters = rollup?.chapters.filter(({ state }) => state !== 'dormant') ?? []
  const done = chapters.filter(({ state }) => state === 'complete').length
  return (
    <TitledCard title="Progress">
      <p className={classes.figures}>
        <b className={`${classes.percent} num`} data-testid="percent">{percentText(progress.percent)}</b>
        <span className="dim num" data-testid="done-total">{figure(progress.done)} of {figure(progress.total)} steps</span>
        {rollup && <span className="dim num">{figure(done)} of {figure(chapters.length)} chapters</span>}
        {late !== null && late.count > 0 && <span className={`${classes.late} num`} title={`By the forecast; the worst is ${late.code}, ${delay(late.seconds)}`}>{figure(late.count)} open late</span>}
      </p>
      <Counts counts={progress.counts} />
    </TitledCard>
  )
}

function Window({ board, forecast }: Forecasted) {
  return (
    <TitledCard title="Window">
      <WindowBar iteration={board.iteration} forecast={forecast} />
      <WindowGauge forecast={forecast} />
    </TitledCard>
  )
}

function Light({ rollup }: { rollup: IterationRollup | undefined }) {
  const open = Object.entries(rollup?.iteration.impediments ?? {}).filter(([, count]) => count > 0)
  return (
    <TitledCard title="RAG">
      {rollup && (
        <div className={classes.rag} data-testid="rag" data-color={rollup.iteration.rag.color}>
          <RagMark color={rollup.iteration.rag.color} />
          <span>{rollup.iteration.rag.reason}</span>
        </div>
      )}
      {open.length > 0 && <p className={`${classes.small} num`}>Open impediments: {open.map(([severity, count]) => `${figure(count)} ${severity}`).join(', ')}</p>}
    </TitledCard>
  )
}

/** The three cards that answer at a glance: how far, in which time, how it stands. */
export function Figures({ board, rollup, forecast, late }: Forecasted & { rollup: IterationRollup | undefined; late: Lateness | null }) {
  return (
    <div className={classes.cards}>
      <Progress board={board} rollup={rollup} late={late} />
      <Window board={board} forecast={forecast} />
      <Light rollup={rollup} />
    </div>
  )
}
