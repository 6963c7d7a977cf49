import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { importQuery } from '../../../api/planImports'
import { asProblem } from '../../../api/problem'
import type { PlanImport } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useUndo } from '../useImport'

interface Props {
  id: string
  fileName: string
  migrationId: string
  version: NonNullable<PlanImport['version']>
  /** What stands again, null where nothing does; undefined where it is to be asked for. */
  base?: PlanImport['base']
  onClose: () => void
}

/** Asks once, saying what stands afterwards; a refusal is said here, in its own words. */
export function UndoDialog({ id, fileName, migrationId, version, base: given, onClose }: Props) {
  const asked = useQuery({ ...importQuery(id), enabled: given === undefined })
  const base = given === undefined ? asked.data?.base : given
  const undo = useUndo(id, migrationId, onClose)
  const again = base === undefined
    ? ''
    : base === null ? ' The plan has no version then.' : ` Version ${base.number} stands again as it stood.`
  return (
    <Dialog onClose={onClose} title="Undo this import?">
      <Stack gap="sm">
        <Text size="sm">Version {version.number}, which came from {fileName}, is set aside.{again} Nothing is deleted: what is set aside can still be read and compared.</Text>
        <Text size="sm" c="dimmed">Teams, applications and environments that came with it stay: they are the migration’s.</Text>
        {undo.isError && <ProblemNotice problem={asProblem(undo.error)} onClose={() => undo.reset()} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={undo.isPending} onClick={onClose}>Keep it</Button>
          <Button color="red" loading={undo.isPending} onClick={() => undo.mutate()}>Undo the import</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
