import { Button } from '@mantine/core'
import type { Board, StepRow } from '../../api/types'
import { type Line, suppositionOf } from './lines'
import classes from './what-if.module.css'
import { type Real, realOf } from './words'

export type RealPress = Exclude<Real, { kind: 'words' }>

interface Props {
  board: Board
  lines: readonly Line[]
  rows: ReadonlyMap<string, StepRow>
  onReal: (real: RealPress) => void
}

/** What people do so that it becomes so: the buttons the board offers them, else words. */
export function MakeReal({ board, lines, rows, onReal }: Props) {
  const found = lines.flatMap((line) => {
    const real = realOf(line, line.code === null ? undefined : rows.get(line.code), board.iteration, suppositionOf(line)?.windowEnd ?? null)
    return real === null ? [] : [{ id: line.id, real }]
  })
  return (
    <section className={classes.real} aria-label="Make it real">
      <h3>Make it real</h3>
      <ul>
        {found.map(({ id, real }) => (
          <li key={id}>{real.kind === 'words' ? <span>{real.text}</span> : <Button variant="default" onClick={() => onReal(real)}>{real.label}</Button>}</li>
        ))}
      </ul>
    </section>
  )
}
