import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { importQuery } from '../../api/planImports'
import { asProblem } from '../../api/problem'
import type { Migration } from '../../api/types'
import { Wizard } from '../../features/plan-import/Wizard'
import { importPaths, type ImportSearch } from '../../lib/importPaths'
import { paths } from '../../lib/paths'
import { say } from '../../ui/notify'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { ImportFrame } from './ImportFrame'

function Found({ id, migration, search }: { id: string; migration: Migration; search: ImportSearch }) {
  const navigate = useNavigate()
  const found = useQuery(importQuery(id))
  if (found.isError && !found.data) return <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <LoadingRows rows={8} label="Loading the import" />
  const { migrationId, state } = found.data
  if (migrationId !== null && migrationId !== migration.id) return <EmptyState title="This import belongs to another migration">Open it from the plans of that migration.</EmptyState>
  if (state === 'discarded') {
    return <EmptyState title="This import was left off" action={<Link to={importPaths.begin(migration.key)}>Import again</Link>}>Nothing of any plan was changed by it.</EmptyState>
  }
  return (
    <Wizard
      found={found.data} migration={migration} search={search}
      onSearch={(next) => void navigate({ href: importPaths.one(migration.key, id, next), resetScroll: false, replace: next.step === search.step })}
      onDiscarded={() => {
        say('The import is left off. Nothing was changed.')
        void navigate({ href: paths.plans(migration.key) })
      }}
    />
  )
}

/** /migrations/$key/imports/$id: one import, step by step; it can be left and come back to. */
export function ImportPage() {
  const { key, id } = useParams({ from: '/signed-in/migrations/$key/imports/$id' })
  const search: ImportSearch = useSearch({ from: '/signed-in/migrations/$key/imports/$id' })
  const name = useQuery(importQuery(id)).data?.fileName
  return <ImportFrame migrationKey={key} title={name === undefined ? 'Import' : `Import of ${name}`}>{(migration) => <Found key={id} id={id} migration={migration} search={search} />}</ImportFrame>
}
