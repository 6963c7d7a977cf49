import { IconClockExclamation } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { ForecastDocument } from '../../api/forecast'
import type { Board } from '../../api/types'
import { clockSeconds, named, near, span } from '../../lib/time'
import { offsetIn } from '../../lib/wallTime'
import { stateColor, StateMark } from '../../ui/StateMark'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './forecast.module.css'
import { type Block, blocksOf, widths } from './path'

function Gap({ seconds }: { seconds: number }) {
  return <li className={classes.gap} style={{ flexGrow: seconds }} title={`Nothing of the path runs for ${span(seconds)}`}><span className="num">{span(seconds)}</span></li>
}

/** From when to when, on two lines where one has no room; never cut. Steps of seconds are told in seconds. */
function Times({ start, end, now, zone }: { start: number; end: number; now: number; zone: string }) {
  const from = end - start < 120_000 && end !== start ? `${clockSeconds(start, zone)}${named(start, zone)}` : near(start, now, zone)
  const to = end === start ? '' : end - start < 120_000 ? ` · ${span((end - start) / 1000)}` : `–${near(end, start, zone)}${offsetIn(start, zone) === offsetIn(end, zone) ? '' : named(end, zone, start)}`
  return <span className={`${classes.when} num`}><span>{from}</span>{to !== '' && <><wbr /><span>{to}</span></>}</span>
}

/** All of it true to scale, from now to the finish. */
function Line({ blocks, onOpen }: { blocks: readonly Block[]; onOpen: (code: string) => void }) {
  return (
    <div className={classes.scale} aria-hidden>
      {blocks.map(({ row, seconds, gapSeconds, start, end }) => [
        gapSeconds > 0 && <span key={`${row.code} gap`} className={classes.pause} style={{ flexGrow: gapSeconds }} title={`Nothing of the path runs for ${span(gapSeconds)}`} />,
        <span key={row.code} style={{ flexGrow: Math.max(1, seconds), background: stateColor(row.state) }} title={`${row.code} ${row.name}, ${span((end - start) / 1000)}`} onClick={() => onOpen(row.code)} />,
      ])}
    </div>
  )
}

function BlockView({ block, width, now, chosen, onOpen }: { block: Block; width: number; now: number; chosen: boolean; onOpen: (code: string) => void }) {
  const { zone } = useZone()
  const { row, teamName, start, end, late, gone, assumed } = block
  return (
    <li className={classes.block} style={{ flexGrow: Math.max(1, block.seconds), flexBasis: width }} data-path={row.code} data-late={late || undefined} data-chosen={chosen || undefined}>
      <button type="button" onClick={() => onOpen(row.code)} title={`${row.code} ${row.name}${teamName === '' ? '' : ` · ${teamName}`}${assumed ? ' · its time is an assumption' : ''}`}>
        <span className={classes.blockHead}><b className="num">{row.code}</b>{late && <IconClockExclamation size={13} className={classes.lateIcon} role="img" aria-label="late" />}</span>
        <span className={classes.cut}>{row.name}</span>
        <StateMark state={row.state} />
        <span className={`${classes.cut} dim`}>{teamName === '' ? 'no team' : teamName}</span>
        <Times start={start} end={end} now={now} zone={zone} />
        {gone !== null && <span className={classes.gone} style={{ width: `${String(Math.round(gone * 1000) / 10)}%` }} aria-label={`now: ${String(Math.round(gone * 100))} % of it`} />}
      </button>
    </li>
  )
}

/** The steps on which the finish hangs, those that are open, as wide as they take; the line is now. */
export function CriticalPath({ board, forecast, openCode, onOpen }: { board: Board; forecast: ForecastDocument; openCode: string | undefined; onOpen: (code: string) => void }) {
  const now = useNow(10_000)
  const blocks = useMemo(() => blocksOf(board, forecast, now), [board, forecast, now])
  if (blocks.length === 0) return <p className={classes.empty}>Nothing of the critical path is open.</p>
  const wide = widths(blocks)
  return (
    <>
    <Line blocks={blocks} onOpen={onOpen} />
    <ol className={classes.path} aria-label="Critical path, open steps" tabIndex={-1}>
      {blocks.map((block, i) => [
        block.gapSeconds > 0 && <Gap key={`${block.row.code} gap`} seconds={block.gapSeconds} />,
        <BlockView key={block.row.code} block={block} width={wide[i] ?? 116} now={now} chosen={block.row.code === openCode} onOpen={onOpen} />,
      ])}
    </ol>
    </>
  )
}
