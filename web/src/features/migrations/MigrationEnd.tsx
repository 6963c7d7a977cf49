import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import type { Migration, MigrationAction } from '../../api/types'
import { AskReason } from '../../ui/AskReason'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useMigrationAction } from './useMigration'
import classes from './migrations.module.css'

const look: Record<MigrationAction, { label: string; title: (name: string) => string; color: string; effect: string; required: boolean }> = {
  complete: {
    label: 'Complete', title: (name) => `Complete ${name}?`, color: 'teal', required: false,
    effect: 'The migration is over. Nothing is made or scheduled in it any more; all of it can still be read, and a pilot or an admin can reopen it.',
  },
  fail: {
    label: 'Failed', title: (name) => `Declare ${name} failed?`, color: 'red', required: true,
    effect: 'The migration is given up. Nothing is made or scheduled in it any more; all of it can still be read, and a pilot or an admin can reopen it.',
  },
  reopen: {
    label: 'Reopen', title: (name) => `Reopen ${name}?`, color: 'blue', required: true,
    effect: 'The migration is in progress again, and iterations can be made and scheduled in it.',
  },
}

/** Complete, Failed or Reopen, for whoever the server lets; each asks once and names its effect. */
export function MigrationEnd({ migration }: { migration: Migration }) {
  const [asked, ask] = useState<{ action: MigrationAction; version: number } | null>(null)
  const act = useMigrationAction(migration.id)
  const whyOff = useWhyOffline()
  const say = (action: MigrationAction, reason: string) => {
    if (asked) act.mutate({ action, reason, version: asked.version })
    ask(null)
  }
  return (
    <>
      {migration.allowedActions.map((action) => (
        <Button
          key={action} size="compact-sm" variant="default" onClick={() => ask({ action, version: migration.version })} loading={act.isPending && act.variables.action === action}
          aria-label={look[action].title(migration.name)} disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
        >
          {look[action].label}…
        </Button>
      ))}
      {act.isError && <div className={classes.refused}><ProblemNotice problem={asProblem(act.error)} onClose={() => act.reset()} /></div>}
      {asked && (
        <AskReason
          title={look[asked.action].title(migration.name)} effect={look[asked.action].effect} required={look[asked.action].required}
          choices={[{ value: asked.action, label: look[asked.action].label, color: look[asked.action].color }]} onChoose={say} onClose={() => ask(null)}
        />
      )}
    </>
  )
}
