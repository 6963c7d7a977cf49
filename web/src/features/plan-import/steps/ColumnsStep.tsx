import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { importFieldsQuery } from '../../../api/planImports'
import type { ColumnMeaning, PlanImport } from '../../../api/types'
import { mappingOf, type Said, saying } from '../model/columns'
import { percent } from '../model/words'
import classes from '../plan-import.module.css'

const aside = '—'

interface Choice { value: string; label: string }

function Row({ column, said, choices, disabled, onSay }: { column: ColumnMeaning; said: string | null | undefined; choices: Choice[]; disabled: boolean; onSay: (field: string | null) => void }) {
  const field = said === undefined ? column.field : said
  return (
    <tr data-heading={column.heading}>
      <td><b>{column.heading === '' ? <span className="dim">no heading</span> : column.heading}</b></td>
      <td>
        <Select
          size="xs" aria-label={`Meaning of ${column.heading}`} searchable allowDeselect={false} disabled={disabled || column.heading === ''} data={choices} value={field ?? aside}
          onChange={(value) => onSay(value === aside ? null : value)}
        />
      </td>
      <td className="num dim">{said !== undefined ? 'not read yet' : column.field === null ? '' : percent(column.confidence)}</td>
      <td className="dim">{said !== undefined ? 'as you say now' : column.reason}</td>
    </tr>
  )
}

interface Props {
  found: PlanImport
  off: string | null
  busy: boolean
  onMap: (columns: Record<string, string | null>) => void
}

/** What each heading of a table was taken for, how surely and why; what is wrong is put right here. */
export function ColumnsStep({ found, off, busy, onMap }: Props) {
  const [said, setSaid] = useState<Said>({})
  const fields = useQuery(importFieldsQuery)
  const choices = [{ value: aside, label: 'Left aside' }, ...(fields.data ?? []).map(({ field, heading }) => ({ value: field, label: heading }))]
  const closed = found.state !== 'checked' || off !== null
  const changed = Object.keys(said).length
  return (
    <div className={classes.step}>
      <h2>Columns</h2>
      <p className={classes.lead}>What each heading was taken for, by its name or by likeness. What is left aside is not read.</p>
      <table className={classes.columns} aria-label="Columns">
        <thead><tr><th>Heading</th><th>Taken for</th><th>Sure</th><th>Because</th></tr></thead>
        <tbody>
          {found.columns.map((column, i) => (
            <Row
              key={`${i} ${column.heading}`} column={column} said={said[column.heading]} choices={choices} disabled={closed || busy || !fields.data}
              onSay={(field) => setSaid(saying(said, column, field))}
            />
          ))}
        </tbody>
      </table>
      {!closed && (
        <div className={classes.buttons}>
          <Button size="sm" disabled={changed === 0} loading={busy} onClick={() => onMap(mappingOf(found.columns, said))}>Read again</Button>
          {busy && <span className="dim" role="status">Reading again with these columns…</span>}
        </div>
      )}
    </div>
  )
}
