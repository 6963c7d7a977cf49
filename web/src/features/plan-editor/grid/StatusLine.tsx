import { Kbd } from '../../../ui/Kbd'
import { useEditor } from '../context'
import { durationText } from '../model/durations'
import type { Row } from '../model/rows'
import classes from './grid.module.css'

function said(row: Row | undefined, rows: readonly Row[]): string {
  if (!row) {
    const steps = rows.filter(({ kind }) => kind === 'step').length
    return `${steps.toLocaleString('en')} ${steps === 1 ? 'step' : 'steps'} shown`
  }
  if (row.kind !== 'step') return `${row.code} ${row.item.name}`
  const { name, type, durationSeconds } = row.item
  return `${row.code} ${name} · ${type} · ${durationText(durationSeconds)}`
}

/** What is selected, whole, and the keys that go with it. */
export function StatusLine({ row, rows }: { row: Row | undefined; rows: readonly Row[] }) {
  const { mayEdit } = useEditor()
  return (
    <div className={classes.status}>
      <span title={said(row, rows)}>{said(row, rows)}</span>
      <span><Kbd of="j" /> <Kbd of="k" /> move</span>
      {mayEdit && <>
        <span><Kbd of="Enter" /> edit</span>
        <span><Kbd of="Space" /> open</span>
        <span><Kbd of="n" /> add below</span>
        <span><Kbd of="Delete" /> remove</span>
      </>}
      <span><Kbd of="?" /> keys</span>
    </div>
  )
}
