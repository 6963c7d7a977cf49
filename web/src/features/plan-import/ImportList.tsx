import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { importsQuery } from '../../api/planImports'
import { asProblem } from '../../api/problem'
import type { ImportRow } from '../../api/types'
import { importPaths } from '../../lib/importPaths'
import { paths } from '../../lib/paths'
import { dayClock, millis } from '../../lib/time'
import { ErrorState, LoadingRows } from '../../ui/states'
import { VersionMark } from '../../ui/VersionMark'
import { useZoneOf } from '../../ui/zone'
import { few } from './model/words'
import classes from './plan-import.module.css'
import { StateOf } from './StateOf'
import { UndoDialog } from './steps/UndoDialog'

const shownFirst = 6

interface Props {
  migration: { id: string; key: string; zone: string }
}

function Row({ row, migration, zone, onUndo }: Props & { row: ImportRow; zone: string; onUndo: (row: ImportRow) => void }) {
  const at = millis(row.createdAt)
  const { version } = row
  const stands = row.state === 'committed' && version !== null && (version.status === 'draft' || version.status === 'approved')
  return (
    <li className={classes.imported} data-state={row.state}>
      <Link to={importPaths.one(migration.key, row.id)} className={classes.place ?? ''}>{row.fileName}</Link>
      <span className="dim num">{at !== null && dayClock(at, zone)}, {row.createdBy}</span>
      <span><StateOf of={row} />{row.changes !== null && <span className="dim num"> · {few(row.changes, 'change')}</span>}</span>
      <span>{version !== null && <><Link to={paths.planVersion(migration.key, version.id)} className="num">v{version.number}</Link> <VersionMark status={version.status} /></>}</span>
      <span className={classes.rowEnd}>{stands && <Button size="compact-xs" variant="default" aria-label={`Undo the import of ${row.fileName}`} onClick={() => onUndo(row)}>Undo</Button>}</span>
    </li>
  )
}

/** The imports of a migration, the newest first. Nothing is drawn where there was none. */
export function ImportList({ migration }: Props) {
  const imports = useQuery(importsQuery(migration.id))
  const zone = useZoneOf(migration.zone)
  const [all, setAll] = useState(false)
  const [undo, setUndo] = useState<ImportRow | null>(null)
  if (imports.isError && !imports.data) return <ErrorState problem={asProblem(imports.error)} onRetry={() => void imports.refetch()} />
  if (!imports.data) return <LoadingRows rows={2} label="Loading the imports" />
  if (imports.data.length === 0) return null
  const shown = all ? imports.data : imports.data.slice(0, shownFirst)
  return (
    <section className={classes.section} aria-label="Imports">
      <h3>Imports</h3>
      <ul className={classes.imports}>{shown.map((row) => <Row key={row.id} row={row} migration={migration} zone={zone} onUndo={setUndo} />)}</ul>
      {imports.data.length > shown.length && <button type="button" className={classes.more} onClick={() => setAll(true)}>Show {imports.data.length - shown.length} older</button>}
      {undo?.version && <UndoDialog id={undo.id} fileName={undo.fileName} migrationId={migration.id} version={undo.version} onClose={() => setUndo(null)} />}
    </section>
  )
}
