import { Button, Group, Loader } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconEye, IconPlus, IconRefresh } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Board } from '../../api/types'
import { millis, zoneName } from '../../lib/time'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useZone } from '../../ui/zone'
import { Comparison } from './Comparison'
import { LineFields } from './LineFields'
import { lacks, type Line, most, newLine } from './lines'
import { MakeReal, type RealPress } from './MakeReal'
import { type Outlooks, useOutlooks } from './useOutlooks'
import classes from './what-if.module.css'

interface Props {
  board: Board
  lines: readonly Line[]
  onLines: (lines: readonly Line[]) => void
  /** What is to be made real; the dialog is put away for it, its lines are kept. */
  onReal: (real: RealPress) => void
  onClose: () => void
}

/** From which moment of the night the answer is, and whether something has happened since. */
function Asof({ outlooks: { answer, reckoning, again }, seq, zone }: { outlooks: Outlooks; seq: number; zone: string }) {
  const since = answer === undefined ? 0 : seq - answer.seq
  return (
    <p className={classes.asof}>
      {reckoning && <span role="status" data-testid="reckoning"><Loader size={13} /> reckoning…</span>}
      {answer && !reckoning && <span className="num dim">from event {answer.seq}{since > 0 ? `, ${String(since)} more since` : ''}; times in {zoneName(zone, Date.parse(answer.now))}</span>}
      {answer && !reckoning && since > 0 && <Button size="compact-xs" variant="subtle" leftSection={<IconRefresh size={13} />} onClick={again}>Reckon again</Button>}
    </p>
  )
}

function Lines({ board, lines, outlooks, onLines }: Pick<Props, 'board' | 'lines' | 'onLines'> & { outlooks: Outlooks }) {
  const { zone } = useZone()
  const { refusal } = outlooks
  const rows = useMemo(() => new Map(board.steps.map((row) => [row.code, row])), [board.steps])
  return (
    <>
      <ol className={classes.lines} aria-label="What is supposed">
        {lines.map((line, i) => (
          <LineFields
            key={line.id} board={board} line={line} number={i + 1} row={line.code === null ? undefined : rows.get(line.code)} lacking={lacks(line)} focus={i === lines.length - 1}
            refusal={refusal?.line?.id === line.id ? { text: refusal.problem.detail, hint: refusal.problem.hint } : null}
            onChange={(change) => onLines(lines.map((one) => (one.id === line.id ? { ...one, ...change } : one)))}
            onRemove={lines.length > 1 ? () => onLines(lines.filter(({ id }) => id !== line.id)) : null}
          />
        ))}
      </ol>
      <Button
        size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} disabled={lines.length >= most} className={classes.add ?? ''}
        onClick={() => onLines([...lines, newLine(lines, null, millis(board.iteration.windowEnd), zone)])}
      >
        Suppose something more
      </Button>
      {refusal?.line === null && <ProblemNotice problem={refusal.problem} />}
    </>
  )
}

/** Supposes one or several things and shows what the night would look like, beside today's outlook. It changes nothing. */
export function WhatIfDialog({ board, lines, onLines, onReal, onClose }: Props) {
  const { zone } = useZone()
  const outlooks = useOutlooks(board.iteration.id, lines)
  const phone = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600)
  const rows = useMemo(() => new Map(board.steps.map((row) => [row.code, row])), [board.steps])
  const { answer, reckoning, refusal, whole } = outlooks
  return (
    <Dialog onClose={onClose} title={`What if… in ${board.iteration.name}`} size={760} fullScreen={phone} centered={false} yOffset="6vh">
      <div className={classes.body}>
        <p className={classes.nothing}><IconEye size={16} aria-hidden /> <span><b>Nothing is changed by this.</b> It is reckoned for you alone; nobody is told.</span></p>
        <Lines board={board} lines={lines} outlooks={outlooks} onLines={onLines} />
        {answer
          ? <Comparison answer={answer} zone={zone} names={rows} stale={reckoning} />
          : refusal === null && !reckoning && <p className="dim">As soon as a line above is whole, today’s outlook and the supposed one stand here side by side.</p>}
        <Asof outlooks={outlooks} seq={board.seq} zone={zone} />
        {answer && !reckoning && <MakeReal board={board} lines={whole} rows={rows} onReal={onReal} />}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>Close</Button></Group>
      </div>
    </Dialog>
  )
}
