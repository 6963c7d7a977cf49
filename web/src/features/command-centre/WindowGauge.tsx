import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForward, IconCircleDashed, IconClockExclamation } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { ForecastDocument, Gauge } from '../../api/forecast'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { countdown, gaugeWord, type Tone } from './finish'
import classes from './forecast.module.css'

const icons: Record<Tone, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  green: IconArrowBackUp, amber: IconClockExclamation, red: IconArrowBackUpDouble, violet: IconArrowForward, grey: IconCircleDashed,
}

/** Until when one can still turn back, and who decides it. */
function Decision({ gauge }: { gauge: Gauge }) {
  const now = useNow()
  const { zone } = useZone()
  const { word, tone } = gaugeWord(gauge, now)
  const Icon = icons[tone]
  const at = millis(gauge.lastSafeDecision)
  return (
    <p className={classes.decision} data-tone={tone} data-testid="gauge">
      <span className={classes.state}><Icon size={16} aria-hidden /> {word}</span>
      {at !== null && gauge.state !== 'forward_only' && (
        <span className="num">last safe decision <b>{near(at, now, zone)}</b>, <b role="timer">{gauge.beforeStepCode === null ? countdown(at, now) : at > now ? `${countdown(at, now)}, before ${gauge.beforeStepCode} begins` : `now, before ${gauge.beforeStepCode} begins`}</b>{gauge.decider === null ? '; no decider is named' : `; ${gauge.decider} decides`}</span>
      )}
    </p>
  )
}

/** Both ways back: begun now, and begun at the worst moment. */
function Backout({ gauge }: { gauge: Gauge }) {
  const now = useNow(30_000)
  const { zone } = useZone()
  const [ends, worst] = [millis(gauge.backoutNow), millis(gauge.backoutAtWorst)]
  if (ends === null && worst === null) return null
  return (
    <p className={`${classes.small} num`}>
      {[ends === null ? '' : `Turned back now, the way back ends ${near(ends, now, zone)}`, worst === null ? '' : `at the worst moment ${near(worst, now, zone)}`].filter(Boolean).join('; ')}
      {gauge.windowEnd === null ? '' : ` (window until ${near(Date.parse(gauge.windowEnd), now, zone)})`}.
    </p>
  )
}

/** The gauge of the window: its state, the last safe decision, the two ways back; in the server's own sentence. */
export function WindowGauge({ forecast }: { forecast: ForecastDocument | null | undefined }) {
  if (!forecast) return <p className={classes.small}>{forecast === null ? 'The last safe decision is not evaluated yet: the forecast is being reckoned.' : 'Reading the forecast.'}</p>
  const { gauge } = forecast
  if (gauge === null) return <p className={classes.small}>The last safe decision is not evaluated.</p>
  return (
    <>
      <Decision gauge={gauge} />
      <p className={classes.small}>{gauge.sentence}</p>
      <Backout gauge={gauge} />
    </>
  )
}
