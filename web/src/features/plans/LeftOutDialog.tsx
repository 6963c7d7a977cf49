import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client'
import { asProblem } from '../../api/problem'
import { exportApi } from '../../lib/exportPaths'
import { Dialog } from '../../ui/Dialog'
import type { ExportFile } from '../../ui/ExportMenu'
import { ErrorState, LoadingRows } from '../../ui/states'
import classes from './plans.module.css'

/** What a file will not hold of this version, before it is saved. */
export function LeftOutDialog({ versionId, file, onClose }: { versionId: string; file: ExportFile; onClose: () => void }) {
  const asked = useQuery({
    queryKey: ['left-out', versionId, file.form],
    queryFn: () => get<{ items: string[] }>(exportApi.leftOut(versionId, file.form)),
  })
  const items = asked.data?.items
  return (
    <Dialog title={`Export as ${file.name}`} onClose={onClose}>
      <Stack gap="sm">
        {asked.isPending && <LoadingRows rows={3} label="Looking through the plan" />}
        {asked.isError && <ErrorState problem={asProblem(asked.error)} onRetry={() => void asked.refetch()} />}
        {items?.length === 0 && <Text size="sm">The file holds all of this version: imported again, nothing changes.</Text>}
        {items && items.length > 0 && (
          <>
            <Text size="sm">This is not in the file, or is different there:</Text>
            <ul className={classes.leftOut} aria-label="Not in the file">{items.map((one) => <li key={one}>{one}</li>)}</ul>
            <Text size="sm" c="dimmed">The plan itself stays as it is. Excel, CSV, YAML and JSON hold all of it.</Text>
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          {items && <Button size="sm" component="a" href={file.href} download data-autofocus onClick={onClose}>Save the file</Button>}
        </Group>
      </Stack>
    </Dialog>
  )
}
