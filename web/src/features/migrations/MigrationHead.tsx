import type { ReactNode } from 'react'
import type { Migration } from '../../api/types'
import { Pill } from '../../ui/Pill'
import { RagMark } from '../../ui/RagMark'
import { rolesText, statusWord } from './order'
import classes from './migrations.module.css'

/** A migration's name, status and light, with the reason of the light beside it. */
export function MigrationHead({ migration, title, action }: { migration: Migration; title: ReactNode; action?: ReactNode }) {
  const { rag, status, description, roles } = migration
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        {title}
        <Pill>{statusWord[status]}</Pill>
        {action}
      </div>
      <div className={classes.rag}>
        <RagMark color={rag.color} />
        <span className="dim">{rag.reason}</span>
      </div>
      {description !== '' && <p className={classes.description}>{description}</p>}
      <p className={classes.roles}>{rolesText(roles)}</p>
    </header>
  )
}
