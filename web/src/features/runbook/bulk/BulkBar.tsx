import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useWhyOffline } from '../../../api/live/context'
import type { Board } from '../../../api/types'
import { actionWords } from '../words'
import { type BulkAction, offers } from './actions'
import { BulkDialog } from './BulkDialog'
import { clearChosen, useChosen } from './chosen'
import classes from './bulk.module.css'

/** How many steps are chosen, and what can be done with them at once. */
export function BulkBar({ board }: { board: Board }) {
  const chosen = useChosen()
  const offline = useWhyOffline()
  const [asked, setAsked] = useState<BulkAction | null>(null)
  const rows = board.steps.filter(({ id }) => chosen.has(id))
  if (rows.length === 0) return null
  return (
    <div className={`${classes.bar} no-print`} role="toolbar" aria-label="Chosen steps">
      <b className="num">{rows.length} chosen</b>
      <Group gap={4} wrap="wrap">
        {offers(rows).map(({ action, count }) => (
          <Tooltip key={action} label={offline ?? `${count} of the ${rows.length} chosen`}>
            <Button size="compact-sm" variant="default" data-disabled={offline !== null} onClick={() => offline === null && setAsked(action)}>
              {actionWords[action].label} <b className={`num ${classes.count}`}>{count}</b>
            </Button>
          </Tooltip>
        ))}
        {offers(rows).length === 0 && <span className="dim">None of them allows anything now.</span>}
      </Group>
      <ActionIcon variant="subtle" color="gray" size="sm" onClick={clearChosen} aria-label="Choose none"><IconX size={15} /></ActionIcon>
      {asked !== null && <BulkDialog board={board} rows={rows} action={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}
