/** The clocks of a night. Pure: now is an argument, in milliseconds. */
import type { Iteration } from '../../api/types'
import { millis, span, tClock } from '../../lib/time'

const minute = 60_000
const whole = (ms: number): string => (Math.abs(ms) < minute ? 'under a minute' : span(Math.floor(Math.abs(ms) / minute) * 60))

/** in 4 h 38, 12 min over */
const against = (end: number, now: number): string => {
  if (Math.abs(end - now) < minute) return 'now'
  return end > now ? `in ${whole(end - now)}` : `${whole(now - end)} over`
}

export interface Clocks {
  /** T− to the planned start, T+ since the start. */
  t: string
  /** What it is measured from, for hover. */
  from: string
  rest: { text: string; late: boolean }[]
}

/** T±, elapsed, and how far it is to the planned finish and the window's end. */
export function clocksOf(iteration: Iteration, now: number): Clocks | null {
  const [planned, started, ended] = [millis(iteration.plannedStart), millis(iteration.startedAt), millis(iteration.endedAt)]
  const zero = started ?? planned
  if (zero === null) return null
  const [finish, window] = [millis(iteration.plannedEnd), millis(iteration.windowEnd)]
  const rest: Clocks['rest'] = []
  if (started !== null) rest.push({ text: `${ended === null ? 'elapsed' : 'took'} ${whole((ended ?? now) - started)}`, late: false })
  // Who turns back is not on the way to the planned finish any more.
  const forward = iteration.state !== 'backing_out' && iteration.state !== 'backed_out'
  if (ended === null && finish !== null && forward) rest.push({ text: `planned finish ${against(finish, now)}`, late: started !== null && now - finish >= minute })
  if (ended === null && window !== null) rest.push({ text: `window ends ${against(window, now)}`, late: now - window >= minute })
  return { t: tClock(ended ?? now, zero), from: started === null ? 'Time to the planned start' : 'Time since the start', rest }
}
