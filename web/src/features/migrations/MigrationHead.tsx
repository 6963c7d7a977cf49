import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Migration } from '../../api/types'
import { Pill } from '../../ui/Pill'
import { RagMark } from '../../ui/RagMark'
import { useZoneOf } from '../../ui/zone'
import { overText, rolesText, statusWord } from './order'
import classes from './migrations.module.css'

/** How far it is; what is over has its colour and mark. */
function StatusPill({ status }: { status: Migration['status'] }) {
  if (status === 'completed') return <Pill color="var(--t-green)"><IconCircleCheck size={14} aria-hidden /> {statusWord[status]}</Pill>
  if (status === 'failed') return <Pill color="var(--t-red)"><IconCircleX size={14} aria-hidden /> {statusWord[status]}</Pill>
  return <Pill>{statusWord[status]}</Pill>
}

/** A migration's name, status and light, with the reason of the light beside it. */
export function MigrationHead({ migration, title, action }: { migration: Migration; title: ReactNode; action?: ReactNode }) {
  const { rag, status, description, roles } = migration
  const over = overText(migration, useZoneOf(migration.zone))
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        {title}
        <StatusPill status={status} />
        {action}
      </div>
      <div className={classes.rag}>
        <RagMark color={rag.color} />
        <span className="dim">{rag.reason}</span>
      </div>
      {over !== '' && <p className={classes.over} data-status={status}>{over}</p>}
      {description !== '' && <p className={classes.description}>{description}</p>}
      <p className={classes.roles}>{rolesText(roles)}</p>
    </header>
  )
}
