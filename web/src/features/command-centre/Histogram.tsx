import type { Uncertainty } from '../../api/forecast'
import { clock, millis, weekClock, zoneName } from '../../lib/time'
import { useZone } from '../../ui/zone'
import classes from './forecast.module.css'

const size = { width: 350, height: 110, foot: 32 }

/** In how many of the simulated nights the work ends when; P50, P80, P95 and the window's end across. */
export function Histogram({ uncertainty }: { uncertainty: Uncertainty }) {
  const { zone } = useZone()
  const { histogram, p50, p80, p95, window } = uncertainty
  const from = Date.parse(histogram.from)
  const bin = histogram.binSeconds * 1000
  const windowEnd = millis(window?.end)
  const end = from + bin * Math.max(1, histogram.counts.length)
  const last = windowEnd !== null && windowEnd > from && windowEnd < end + (end - from) ? Math.max(end, windowEnd + bin) : end
  const x = (at: number) => (size.width * (at - from)) / (last - from)
  const tallest = Math.max(1, ...histogram.counts)
  const days = last - from > 20 * 3_600_000
  const show = (at: number) => (days ? weekClock(at, zone) : clock(at, zone))
  const marks = [['P50', p50], ['P80', p80], ['P95', p95]] as const
  return (
    <figure className={classes.histogram}>
      <svg viewBox={`0 0 ${String(size.width)} ${String(size.height + size.foot)}`} role="img" aria-label={`How the simulated nights end: P50 ${show(Date.parse(p50))}, P80 ${show(Date.parse(p80))}, P95 ${show(Date.parse(p95))}`}>
        {histogram.counts.map((count, i) => {
          const inside = windowEnd === null || from + (i + 1) * bin <= windowEnd
          const height = (size.height * count) / tallest
          return <rect key={from + i * bin} x={x(from + i * bin) + 0.5} y={size.height - height} width={Math.max(0.5, x(from + bin) - 1)} height={height} className={inside ? classes.inside : classes.beyond} />
        })}
        {marks.map(([label, iso], i) => {
          const at = x(Date.parse(iso))
          return <g key={label} className={classes.p}><path d={`M${at} 0V${size.height + 3}`} /><text x={Math.min(size.width - 12, Math.max(12, at))} y={size.height + 12 + (i % 2) * 13} textAnchor="middle">{label}</text></g>
        })}
        {windowEnd !== null && windowEnd >= from && windowEnd <= last && <path className={classes.windowEnd} d={`M${x(windowEnd)} 0V${size.height}`} />}
      </svg>
      <figcaption className="num">
        {show(from)} – {show(last)} {zoneName(zone, from)}{windowEnd === null ? '' : windowEnd < from ? '; the window ends before' : windowEnd > last ? '; the window ends after' : `; the window ends ${show(windowEnd)} (red)`}
      </figcaption>
    </figure>
  )
}
