import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconChartHistogram } from '@tabler/icons-react'
import type { ForecastDocument, Uncertainty } from '../../api/forecast'
import { figure } from '../../lib/figure'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { asOf, figuresOf, finishWords, insideWords, spreadNote } from './finish'
import classes from './forecast.module.css'
import { Histogram } from './Histogram'
import { Premises } from './Premises'

/** What the figures rest on: so many nights, with which histories; said, that nobody takes them for more. */
function Basis({ uncertainty }: { uncertainty: Uncertainty }) {
  const { iterations, stepsWith, stepsWithout, scaling } = uncertainty.history
  const from = iterations.length === 0 ? 'No earlier iteration to learn from: every duration is the plan’s estimate.' : `Durations learned from ${iterations.join(', ')}: ${figure(stepsWith)} steps; ${figure(stepsWithout)} without a history.`
  return (
    <div className={classes.basis}>
      <p>{uncertainty.method}</p>
      <p>{from}</p>
      {scaling !== '' && <p>{scaling}</p>}
      <p className="num">{figure(uncertainty.draws)} nights simulated.</p>
    </div>
  )
}

/** The forecast finish in one line; a press shows how it is spread. What was not evaluated is not there. */
export function FinishLine({ forecast, boardSeq }: { forecast: ForecastDocument | null | undefined; boardSeq: number }) {
  const { zone } = useZone()
  const now = useNow(30_000)
  if (!forecast) {
    return <p className={`${classes.line} dim`} data-testid="finish">{forecast === null ? 'Forecast finish: being reckoned' : 'Forecast finish: being read'}</p>
  }
  const words = finishWords(forecast, now, zone)
  const figures = figuresOf(forecast, now, zone)
  const { uncertainty } = forecast
  const inside = forecast.finish?.wayBack ? insideWords(forecast) : null
  const note = spreadNote(forecast)
  return (
    <>
      <p className={`${classes.line} num`} data-testid="finish">
        {words !== null && <b>{words}{inside !== null && <>, <span data-late={inside.late || undefined}>{inside.late && <IconAlertTriangle size={14} aria-hidden />} {inside.words}</span></>}</b>}
        {figures.map(({ label, text, title }) => <span key={label} title={title}><span className="dim">{label.startsWith('P') ? `${label} ` : ''}</span><b>{text}</b>{label.startsWith('P') ? '' : ` ${label}`}</span>)}
        {uncertainty === null && forecast.basis !== 'over' && forecast.problem === null && <span className="dim">chance to end inside the window: not evaluated</span>}
        <Premises forecast={forecast} />
        {uncertainty !== null && forecast.basis !== 'over' && (
          <Popover position="bottom-start" withArrow width={380}>
            <Popover.Target><UnstyledButton className={classes.spread} aria-label="How the finish is spread"><IconChartHistogram size={15} aria-hidden /> spread</UnstyledButton></Popover.Target>
            <Popover.Dropdown><Histogram uncertainty={uncertainty} /><Basis uncertainty={uncertainty} /></Popover.Dropdown>
          </Popover>
        )}
        <span className="dim">{asOf(forecast.seq, boardSeq)}{uncertainty !== null && uncertainty.seq !== forecast.seq ? `; chance ${asOf(uncertainty.seq, uncertainty.seq)}` : ''}</span>
      </p>
      {note !== null && <p className={classes.small} data-testid="spread-note">{note}</p>}
    </>
  )
}
