import {
  IconBan, IconCircle, IconCircleCheck, IconHandStop, IconMoon, IconProgress, IconX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { ChapterRollup, IterationRollup, RollupState } from '../../api/types'
import { figure } from '../../lib/figure'
import { percentText } from '../../ui/ProgressFigure'
import { RagMark } from '../../ui/RagMark'
import { chapterWords, stateWord } from './chapters'
import classes from './chapters.module.css'

const look: Record<RollupState, { icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>; color: string }> = {
  dormant: { icon: IconMoon, color: 'var(--t-grey)' },
  not_started: { icon: IconCircle, color: 'var(--t-grey)' },
  in_progress: { icon: IconProgress, color: 'var(--t-blue)' },
  blocked: { icon: IconHandStop, color: 'var(--t-red)' },
  failed: { icon: IconX, color: 'var(--t-red)' },
  complete: { icon: IconCircleCheck, color: 'var(--t-green)' },
  cancelled: { icon: IconBan, color: 'var(--t-grey)' },
}

function ChapterCell({ chapter, href, late }: { chapter: ChapterRollup; href: string; late: number }) {
  const { icon: Icon, color } = look[chapter.state]
  const { percent, done, total } = chapter.progress
  return (
    <Link to={href} className={classes.cell ?? ''} title={chapterWords(chapter, late)} data-chapter={chapter.code} data-state={chapter.state}>
      <span className={classes.line}>
        <b className="num">{chapter.code}</b>
        <span className={classes.name}>{chapter.name}</span>
        {chapter.rag.color !== 'grey' && <RagMark color={chapter.rag.color} />}
      </span>
      <span className={classes.track} aria-hidden><span style={{ width: `${percent ?? 0}%`, background: color }} /></span>
      <span className={`${classes.line} num`}>
        <span className={classes.state} style={{ color }}><Icon size={13} aria-hidden />{stateWord[chapter.state]}</span>
        {late > 0 && <span className={classes.late}>{figure(late)} late</span>}
        {total > 0 && <span className={classes.figures}>{percent === null ? '' : `${percentText(percent)} · `}{figure(done)}/{figure(total)}</span>}
      </span>
    </Link>
  )
}

/** A macro-phase is as wide as its chapters need, so that short ones stand side by side. */
function room(rollup: IterationRollup, phaseId: string): { flex: string } {
  const chapters = rollup.chapters.filter(({ macroPhaseId }) => macroPhaseId === phaseId).length
  return { flex: `${Math.max(1, chapters)} 1 min(100%, ${Math.min(4, Math.max(1, chapters)) * 190}px)` }
}

/** Every chapter as a small bar, by macro-phase; each is the way to its rows in the runsheet. `late` = open late ones, by chapter. */
export function ChapterStrip({ rollup, late, hrefOf }: { rollup: IterationRollup; late: ReadonlyMap<string, number>; hrefOf: (chapter: ChapterRollup) => string }) {
  return (
    <div className={classes.strip}>
      {rollup.macroPhases.map((phase) => (
        <section key={phase.id} aria-label={`Macro-phase ${phase.code} ${phase.name}`} style={room(rollup, phase.id)}>
          <h3 className={classes.phase}>
            <span className="num">{phase.code}</span> {phase.name}
            <span className="num dim">{phase.progress.total === 0 ? stateWord[phase.state] : percentText(phase.progress.percent)}</span>
          </h3>
          <div className={classes.cells}>
            {rollup.chapters.filter(({ macroPhaseId }) => macroPhaseId === phase.id).map((chapter) => (
              <ChapterCell key={chapter.id} chapter={chapter} late={late.get(chapter.id) ?? 0} href={hrefOf(chapter)} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
