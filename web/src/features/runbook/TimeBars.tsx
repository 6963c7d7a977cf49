import { bar, type Scale } from './scale'
import classes from './bars.module.css'

interface Props {
  scale: Scale
  plannedStart: number | null
  plannedEnd: number | null
  /** What is still to come, by the forecast. */
  forecastStart?: number | null
  forecastEnd?: number | null
  critical?: boolean
  startedAt: number | null
  endedAt: number | null
  /** Started and not over: the bar reaches to now, and grows without being drawn again. */
  running: boolean
  color: string
  late: boolean
}

/** Planned above, forecast between, actual below, the now-line across. Now comes from a CSS variable, so that time redraws no row. */
export function TimeBars({ scale, plannedStart, plannedEnd, forecastStart = null, forecastEnd = null, critical = false, startedAt, endedAt, running, color, late }: Props) {
  const planned = bar(scale, plannedStart, plannedEnd)
  const forecast = bar(scale, forecastStart, forecastEnd)
  const actual = bar(scale, startedAt, running ? startedAt : endedAt)
  const width = running && actual ? `max(3px, calc(var(--now) - ${actual.left}%))` : `${actual?.width ?? 0}%`
  return (
    <span className={classes.bars} aria-hidden>
      {planned && <span className={classes.planned} style={{ left: `${planned.left}%`, width: `${planned.width}%` }} />}
      {forecast && <span className={classes.forecast} data-critical={critical || undefined} style={{ left: `${forecast.left}%`, width: `${forecast.width}%` }} />}
      {actual && (
        <span
          className={classes.actual} data-late={late || undefined} data-running={running || undefined}
          style={{ left: `${actual.left}%`, width, background: color }}
        />
      )}
    </span>
  )
}
