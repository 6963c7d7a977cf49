import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client'
import { asProblem } from '../../api/problem'
import { exportApi } from '../../lib/exportPaths'
import { Dialog } from '../../ui/Dialog'
import { ErrorState, LoadingRows } from '../../ui/states'
import classes from './plans.module.css'

/** What the MS Project file that was just saved does not hold of this version. */
export function LeftOutDialog({ versionId, onClose }: { versionId: string; onClose: () => void }) {
  const asked = useQuery({
    queryKey: ['left-out', versionId],
    queryFn: () => get<{ items: string[] }>(exportApi.leftOut(versionId, 'msproject')),
  })
  return (
    <Dialog title="What the MS Project file does not hold" onClose={onClose}>
      {asked.isPending && <LoadingRows rows={3} label="Looking through the plan" />}
      {asked.isError && <ErrorState problem={asProblem(asked.error)} onRetry={() => void asked.refetch()} />}
      {asked.data?.items.length === 0 && <p>It holds all of this version: imported again, nothing changes.</p>}
      {asked.data && asked.data.items.length > 0 && (
        <ul className={classes.leftOut}>{asked.data.items.map((one) => <li key={one}>{one}</li>)}</ul>
      )}
      <Group justify="flex-end" mt="sm"><Button size="sm" data-autofocus onClick={onClose}>Close</Button></Group>
    </Dialog>
  )
}
