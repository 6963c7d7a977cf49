import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type CatalogueItem, type CatalogueKind, catalogueQuery } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { EntryDialog, RemoveEntryDialog } from './EntryDialogs'
import classes from './plans.module.css'

interface Kind { kind: CatalogueKind; title: string; word: string; about: string; none: string; unit: [one: string, many: string] }

const kinds: readonly Kind[] = [
  {
    kind: 'applications', title: 'Applications', word: 'application', about: 'What steps work on; filters and messages name it.',
    none: 'No application yet', unit: ['step', 'steps'],
  },
  {
    kind: 'environment-roles', title: 'Environment roles', word: 'environment role', about: 'Where a step is done, whichever night it is: OLD, NEW, REPORT.',
    none: 'No environment role yet', unit: ['step', 'steps'],
  },
  {
    kind: 'environments', title: 'Environments', word: 'environment', about: 'The real ones. Each iteration says which of them plays which role.',
    none: 'No environment yet', unit: ['iteration', 'iterations'],
  },
]

type Asked = { wish: 'edit' | 'remove'; entry: CatalogueItem } | { wish: 'add' }

function Rows({ items, of, acts, onAsk }: { items: readonly CatalogueItem[]; of: Kind; acts: { disabled: boolean; title?: string } | null; onAsk: (asked: Asked) => void }) {
  return (
    <table className={classes.table} aria-label={of.title}>
      <thead><tr><th>Code</th><th>Name</th><th>Used by</th>{acts && <th><span className="visually-hidden">What to do</span></th>}</tr></thead>
      <tbody>
        {items.map((entry) => (
          <tr key={entry.id} data-entry={entry.code}>
            <td><b className="num">{entry.code}</b></td>
            <td>{entry.name}</td>
            <td className="num dim">{entry.usedBy === 0 ? 'Nothing' : `${entry.usedBy.toLocaleString('en')} ${of.unit[entry.usedBy === 1 ? 0 : 1]}`}</td>
            {acts && (
              <td><span className={classes.acts}>
                <ActionIcon variant="default" size={28} {...acts} aria-label={`Edit ${entry.code}`} onClick={() => onAsk({ wish: 'edit', entry })}><IconPencil size={15} /></ActionIcon>
                <ActionIcon variant="default" size={28} {...acts} aria-label={`Remove ${entry.code}`} onClick={() => onAsk({ wish: 'remove', entry })}><IconTrash size={15} /></ActionIcon>
              </span></td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Props {
  migrationId: string
  mayChange: boolean
  /** Why nothing can be changed just now, in words. */
  whyOff: string | null
}

function Part({ of, migrationId, mayChange, whyOff }: Props & { of: Kind }) {
  const entries = useQuery(catalogueQuery(migrationId, of.kind))
  const [asked, setAsked] = useState<Asked | null>(null)
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  const add = mayChange && <Button leftSection={<IconPlus size={15} aria-hidden />} {...off} onClick={() => setAsked({ wish: 'add' })}>Add an {of.word}</Button>
  const dialog = { migrationId, kind: of.kind, word: of.word, onClose: () => setAsked(null) }
  return (
    <section className={classes.part} aria-label={of.title}>
      <header><div><h2>{of.title}</h2><p>{of.about}</p></div>{add}</header>
      <Card>
        {entries.data && entries.data.length > 0 && <Rows items={entries.data} of={of} acts={mayChange ? off : null} onAsk={setAsked} />}
        {entries.data?.length === 0 && <EmptyState title={of.none} />}
        {entries.isPending && <LoadingRows rows={3} label={`Loading: ${of.title}`} />}
        {entries.isError && !entries.data && <ErrorState problem={asProblem(entries.error)} onRetry={() => void entries.refetch()} />}
      </Card>
      {asked && (asked.wish === 'remove'
        ? <RemoveEntryDialog {...dialog} entry={asked.entry} />
        : <EntryDialog {...dialog} entry={asked.wish === 'edit' ? asked.entry : null} />)}
    </section>
  )
}

/** What the plans of a migration name: its applications, environments and the roles that environments play. */
export function Catalogue(props: Props) {
  return <div className={classes.sheet}>{kinds.map((of) => <Part key={of.kind} of={of} {...props} />)}</div>
}
