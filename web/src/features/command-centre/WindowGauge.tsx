import { IconAlertTriangle, IconArrowBackUp, IconArrowBackUpDouble, IconArrowForward, IconCircleDashed, IconClockExclamation } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { ForecastDocument, Gauge } from '../../api/forecast'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { countdown, gaugeWord, type Tone } from './finish'
import { gaugeSentence, waysBack } from './gaugeWords'
import classes from './forecast.module.css'

const icons: Record<Tone, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  green: IconArrowBackUp, amber: IconClockExclamation, red: IconArrowBackUpDouble, violet: IconArrowForward, grey: IconCircleDashed,
}

/** How long there is still, or since when it is too late. */
function timerWords(gauge: Gauge, at: number, now: number): string {
  if (gauge.beforeStepCode === null) return countdown(at, now)
  return `${at > now ? countdown(at, now) : 'now'}, before ${gauge.beforeStepCode} begins`
}

/** Until when one can still turn back, who decides it, and what that rests on. */
function Decision({ gauge }: { gauge: Gauge }) {
  const now = useNow()
  const { zone } = useZone()
  const { word, tone } = gaugeWord(gauge, now)
  const Icon = icons[tone]
  const at = millis(gauge.lastSafeDecision)
  const passed = tone === 'red'
  return (
    <>
      <p className={classes.decision} data-tone={tone} data-testid="gauge">
        <span className={classes.state}><Icon size={16} aria-hidden /> {word}</span>
        {at !== null && gauge.state !== 'forward_only' && (
          <span className="num">{passed ? 'it was' : 'last safe decision'} <b>{near(at, now, zone)}</b>, <b role="timer">{timerWords(gauge, at, now)}</b>{gauge.decider === null ? '; no decider is named' : `; ${gauge.decider} decides`}</span>
        )}
      </p>
      <p className={`${classes.small} num`} data-testid="gauge-sentence">{gaugeSentence(gauge, passed, now, zone)}</p>
    </>
  )
}

/** The ways back: begun now, decided from now on, begun at the worst moment; what ends past the window is said to. */
function Backout({ gauge, live }: { gauge: Gauge; live: boolean }) {
  const now = useNow(30_000)
  const { zone } = useZone()
  const ways = waysBack(gauge, live, now, zone)
  if (ways.length === 0) return null
  return (
    <p className={`${classes.small} num`} data-testid="ways-back">
      {ways.map(({ when, end, past }, i) => (
        <span key={when}>
          {i === 0 ? `${when}, the way back ends ` : `; ${when} `}<b>{end}</b>
          {past !== null && <span className={classes.past}> <IconAlertTriangle size={13} aria-hidden /> {past} past the window</span>}
        </span>
      ))}.
    </p>
  )
}

/** The gauge of the window: its state, the last safe decision, the ways back. On the way back there is nothing left to decide. */
export function WindowGauge({ forecast }: { forecast: ForecastDocument | null | undefined }) {
  if (!forecast) return <p className={classes.small}>{forecast === null ? 'The last safe decision is not evaluated yet: the forecast is being reckoned.' : 'Reading the forecast.'}</p>
  const { gauge, finish, basis } = forecast
  if (gauge === null) {
    return <p className={classes.small}>{finish?.wayBack && basis !== 'over' ? 'It is decided: the way back is on.' : 'The last safe decision is not evaluated.'}</p>
  }
  return (
    <>
      <Decision gauge={gauge} />
      <Backout gauge={gauge} live={basis === 'live'} />
    </>
  )
}
