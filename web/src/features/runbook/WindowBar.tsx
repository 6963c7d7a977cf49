import { IconAlertTriangle } from '@tabler/icons-react'
import type { ForecastDocument } from '../../api/forecast'
import type { Iteration } from '../../api/types'
import { clock, dayClock, weekClock, zoneName } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { overDays, type Scale } from './scale'
import classes from './window.module.css'
import { type WindowMark, windowPicture } from './windowMarks'

const dayMs = 86_400_000

/** Further off than a week's day can name, the date is said too. */
const shower = (scale: Scale, now: number, zone: string) => {
  const far = [scale.start, scale.end].some((at) => Math.abs(at - now) > 6 * dayMs)
  return (at: number) => (far ? dayClock(at, zone) : overDays(scale) ? weekClock(at, zone) : clock(at, zone))
}

const pastWords = ({ past }: WindowMark): string => (past === null ? '' : `, ${past} past the window's end`)

interface Props {
  iteration: Iteration
  forecast: ForecastDocument | null | undefined
  /** Without the draws' P50 to P95: where there is little room. */
  brief?: boolean
}

/** The change window, true to scale: the plan, what is gone, the reserve, and red what would lie past its end. Each mark is named beneath. */
export function WindowBar({ iteration, forecast, brief = false }: Props) {
  const now = useNow(10_000)
  const { zone } = useZone()
  const picture = windowPicture({ iteration, forecast, now, brief })
  if (picture === null) return <span />
  const { scale, stretches, marks } = picture
  const beyond = stretches.some(({ kind }) => kind === 'beyond')
  const show = shower(scale, now, zone)
  const words = `${marks.map((mark) => `${mark.name} ${show(mark.at)}${pastWords(mark)}`).join('; ')} (${zoneName(zone, scale.start)})`
  return (
    <div className={`${classes.window} num`} data-testid="window-bar">
      <div className={classes.axis} role="img" aria-label={words} title={words}>
        <span className={classes.track}>
          {stretches.map(({ kind, left, width }) => <span key={kind} className={classes[kind]} data-stretch={kind} style={{ left: `${left}%`, width: `${width}%` }} />)}
        </span>
        {marks.map(({ kind, left }) => <span key={kind} className={classes.mark} data-mark={kind} style={{ left: `${left}%` }} />)}
      </div>
      <ul className={classes.legend} aria-hidden>
        {marks.map((mark) => (
          <li key={mark.kind} data-mark={mark.kind} data-past={mark.past !== null || undefined}>
            <span className={classes.sign} data-mark={mark.kind} />
            {mark.name} {show(mark.at)}{mark.kind === 'start' && ` ${zoneName(zone, mark.at)}`}
            {mark.past !== null && <b><IconAlertTriangle size={12} aria-hidden /> {mark.past} past</b>}
          </li>
        ))}
        {beyond && <li data-past><span className={classes.sign} data-mark="beyond" /><IconAlertTriangle size={12} aria-hidden /> past the window</li>}
      </ul>
    </div>
  )
}
