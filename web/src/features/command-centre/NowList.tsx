import { Button } from '@mantine/core'
import { IconClockExclamation, IconPhone } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ForecastIndex } from '../../api/forecast'
import type { StepRow } from '../../api/types'
import { delay } from '../../lib/time'
import { StateMark } from '../../ui/StateMark'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { behindWords, floatWords, type LateBy, type Line, sinceWords, troubleWords } from './now'
import classes from './now.module.css'

/** As many lines as anybody looks at; the rest is a press away. */
const shownAtFirst = 40

function Team({ line }: { line: Line['line'] }) {
  const { team } = line
  if (team === null) return <span>no team</span>
  return (
    <span>
      {team.name}
      {team.phone !== null && team.phone !== '' && (
        <> · <a className={`${classes.phone} num`} href={`tel:${team.phone.replace(/[^+\d]/g, '')}`} onClick={(event) => event.stopPropagation()}>
          <IconPhone size={12} aria-hidden />{team.phone}
        </a></>
      )}
    </span>
  )
}

interface LineProps {
  of: Line
  forecast: ForecastIndex
  late: number
  now: number
  chosen: boolean
  onOpen: (row: StepRow) => void
  button: ReactNode
}

function NowRow({ of, forecast, late, now, chosen, onOpen, button }: LineProps) {
  const { zone } = useZone()
  const { line, row } = of
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => { if (chosen) ref.current?.scrollIntoView({ block: 'nearest' }) }, [chosen])
  const float = floatWords(row.code, forecast)
  const trouble = troubleWords(of, now, zone)
  const bad = row.state === 'failed' || row.state === 'blocked' || line.why === 'not_taken' || line.why === 'stuck'
  return (
    <li ref={ref} className={classes.row} data-chosen={chosen || undefined} data-now={row.code} data-why={line.why} aria-current={chosen || undefined}>
      <span className={classes.state}><StateMark state={row.state} /></span>
      <button type="button" className={classes.title} onClick={() => onOpen(row)} aria-label={`Open ${row.code} ${row.name}`}>
        <b className="num">{row.code}</b> <span>{row.name}</span>
      </button>
      <span className={`${classes.late} num`}>
        {late > 0 && <><IconClockExclamation size={14} aria-hidden /> {delay(late).replace('+', '')} late</>}
      </span>
      <span className={classes.act}>{button}</span>
      <span className={`${classes.more} num`}>
        <Team line={line} />
        <span>{sinceWords(row, now)}</span>
        {trouble !== '' && <span data-bad={bad || undefined}>{trouble}</span>}
        {float !== '' && <span>{float}</span>}
        <span>{behindWords(line)}</span>
      </span>
    </li>
  )
}

interface Props {
  lines: readonly Line[]
  forecast: ForecastIndex
  lateBy: LateBy
  /** How many there are, beyond what the server sends too. */
  total: number
  chosenId: string | null
  onOpen: (row: StepRow) => void
  button: (row: StepRow, chosen: boolean) => ReactNode
}

/** What to look at now, worst first. Lines move when the server or a new forecast says so; a press answers in its button. */
export function NowList({ lines, forecast, lateBy, total, chosenId, onOpen, button }: Props) {
  const now = useNow(10_000)
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, shownAtFirst)
  const hidden = total - shown.length
  return (
    <>
      <ol className={classes.list} aria-label="Now, by effect on the finish">
        {shown.map((of) => (
          <NowRow key={of.row.id} of={of} forecast={forecast} late={lateBy(of.row)} now={now} chosen={of.row.id === chosenId} onOpen={onOpen} button={button(of.row, of.row.id === chosenId)} />
        ))}
      </ol>
      {!all && lines.length > shown.length && (
        <Button variant="subtle" size="compact-sm" m={8} onClick={() => setAll(true)}>Show {lines.length - shown.length} more</Button>
      )}
      {(all || lines.length === shown.length) && hidden > 0 && (
        <p className={classes.beyond}>{hidden} more are in hand; the runsheet lists them.</p>
      )}
    </>
  )
}
