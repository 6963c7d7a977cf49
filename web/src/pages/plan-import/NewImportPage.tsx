import { useNavigate, useParams } from '@tanstack/react-router'
import { NewImport } from '../../features/plan-import/NewImport'
import { importPaths } from '../../lib/importPaths'
import { ImportFrame } from './ImportFrame'

/** /migrations/$key/imports/new: the first step, which files. */
export function NewImportPage() {
  const { key } = useParams({ from: '/signed-in/migrations/$key/imports/new' })
  const navigate = useNavigate()
  return (
    <ImportFrame migrationKey={key} title="Import a plan">
      {(migration) => <NewImport migrationId={migration.id} onSent={({ id }) => void navigate({ href: importPaths.one(migration.key, id) })} />}
    </ImportFrame>
  )
}
