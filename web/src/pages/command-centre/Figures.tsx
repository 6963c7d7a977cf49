import type { Board, IterationRollup } from '../../api/types'
import { Counts } from '../../features/command-centre/Counts'
import { TitledCard } from '../../features/command-centre/TitledCard'
import { scaleOf } from '../../features/runbook/scale'
import { WindowBar } from '../../features/runbook/WindowBar'
import { figure } from '../../lib/figure'
import { percentText } from '../../ui/ProgressFigure'
import { RagMark } from '../../ui/RagMark'
import { useNow } from '../../ui/useNow'
import classes from './command-centre.module.css'

function Progress({ board, rollup }: { board: Board; rollup: IterationRollup | undefined }) {
  const { progress } = board.iteration
  const chapters = rollup?.chapters.filter(({ state }) => state !== 'dormant') ?? []
  const done = chapters.filter(({ state }) => state === 'complete').length
  const late = rollup?.iteration.late ?? 0
  return (
    <TitledCard title="Progress">
      <p className={classes.figures}>
        <b className={`${classes.percent} num`} data-testid="percent">{percentText(progress.percent)}</b>
        <span className="dim num" data-testid="done-total">{figure(progress.done)} of {figure(progress.total)} steps</span>
        {rollup && <span className="dim num">{figure(done)} of {figure(chapters.length)} chapters</span>}
        {late > 0 && <span className={`${classes.late} num`}>{figure(late)} open late</span>}
      </p>
      <Counts counts={progress.counts} />
    </TitledCard>
  )
}

function Window({ board }: { board: Board }) {
  const minute = useNow(30_000)
  return (
    <TitledCard title="Window" note={<span>finish P50, P80, P95: not evaluated</span>}>
      <WindowBar iteration={board.iteration} scale={scaleOf(board.iteration, minute)} />
      <p className={classes.small}>There is no forecast yet: neither an expected finish nor the chance to finish inside the window is known.</p>
    </TitledCard>
  )
}

function Light({ rollup }: { rollup: IterationRollup | undefined }) {
  const open = Object.entries(rollup?.iteration.impediments ?? {}).filter(([, count]) => count > 0)
  return (
    <TitledCard title="RAG" note={<span>last safe decision: not evaluated</span>}>
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
export function Figures({ board, rollup }: { board: Board; rollup: IterationRollup | undefined }) {
  return (
    <div className={classes.cards}>
      <Progress board={board} rollup={rollup} />
      <Window board={board} />
      <Light rollup={rollup} />
    </div>
  )
}
