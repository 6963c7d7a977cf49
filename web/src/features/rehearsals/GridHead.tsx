import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RehearsalIteration, Rehearsals } from '../../api/rehearsals'
import { written } from '../../lib/number'
import { paths } from '../../lib/paths'
import { iterationStateWord, kindWord } from '../../lib/states'
import { day, millis, span } from '../../lib/time'
import { useZone } from '../../ui/zone'
import type { Column } from './compare'
import { VolumeDialog } from './VolumeDialog'
import classes from './grid.module.css'

/** What stands out in an iteration, counted. */
function sumsWords({ sums }: RehearsalIteration): string {
  if (sums === null) return ''
  const said = [
    sums.slower > 0 ? `${sums.slower} slower than planned` : '',
    sums.slowerThanBefore > 0 ? `${sums.slowerThanBefore} than the time before` : '', sums.skipped > 0 ? `${sums.skipped} skipped` : '',
    sums.failed > 0 ? `${sums.failed} failed` : '', sums.missing > 0 ? `${sums.missing} not in it` : '',
  ].filter((part) => part !== '')
  return said.length === 0 ? 'Nothing stands out' : said.join(', ')
}

/** What the measured steps took against what was planned for them. */
function ratioWords({ sums }: RehearsalIteration): string {
  if (sums === null || sums.measured === 0 || sums.plannedSeconds === 0) return 'Nothing measured yet'
  const percent = Math.round((100 * sums.actualSeconds) / sums.plannedSeconds)
  return `${span(sums.actualSeconds)} of work, ${percent} % of planned`
}

/** How much data it moved; of one that is over it can be typed, as it may be known only then. */
function Volume({ iteration, mayType, planId }: { iteration: RehearsalIteration; mayType: boolean; planId: string }) {
  const [open, setOpen] = useState(false)
  const said = iteration.dataVolume === null ? 'data volume not said' : `data ${written(iteration.dataVolume)}`
  if (!mayType || !iteration.learnedFrom) return <> · {said}</>
  return (
    <>
      {' · '}
      <button type="button" className={classes.volume} onClick={() => setOpen(true)} aria-label={`Data volume of ${iteration.name}: ${iteration.dataVolume === null ? 'not said' : written(iteration.dataVolume)}`}>{said}</button>
      {open && <VolumeDialog planId={planId} iterationId={iteration.id} name={iteration.name} onClose={() => setOpen(false)} />}
    </>
  )
}

function Head({ iteration, all }: { iteration: RehearsalIteration; all: Rehearsals }) {
  const { zone } = useZone()
  const { migrationKey, planId } = all
  const at = millis(iteration.startedAt)
  return (
    <span role="columnheader" className={classes.night}>
      <span className={classes.nightName}>
        <Link to={paths.runsheet(migrationKey, iteration.name)}>{iteration.name}</Link>
        <small className="dim">{kindWord[iteration.kind]} · v{iteration.version} · {iterationStateWord[iteration.state]}</small>
      </span>
      <small className="dim">{at === null ? '' : day(at, zone)}<Volume iteration={iteration} planId={planId} mayType={all.allowedActions.includes('type_data_volume')} /></small>
      <small className={classes.cut} title={sumsWords(iteration)}>{sumsWords(iteration)}</small>
      <small className={`dim num ${classes.cut}`} title={ratioWords(iteration)}>{ratioWords(iteration)}</small>
    </span>
  )
}

/** The iterations, each with what stands out in it. */
export function GridHead({ columns, all }: { columns: Column[]; all: Rehearsals }) {
  return (
    <div role="row" className={classes.head} aria-rowindex={1}>
      <span role="columnheader" className={classes.step}>
        <b>Step</b>
        <small className="dim">Thin bar planned, thick bar taken</small>
      </span>
      {columns.map(({ iteration }) => <Head key={iteration.id} iteration={iteration} all={all} />)}
    </div>
  )
}
