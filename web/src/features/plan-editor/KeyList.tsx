import { Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import { keyBindings } from '../../lib/keys'
import { Kbd } from '../../ui/Kbd'
import { editorKeys } from './keys'

const shared = new Set(['help', 'palette', 'close', 'down', 'up', 'first', 'last', 'search'])

function Lines({ title, lines }: { title: string; lines: readonly { label: string; keys: string[] }[] }) {
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed" fw={600}>{title}</Text>
      {lines.map(({ label, keys }) => (
        <Group key={label} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm">{label}</Text>
          <span style={{ whiteSpace: 'nowrap' }}>{keys.map((key) => <Kbd key={key} of={key === ' ' ? 'Space' : key} />)}</span>
        </Group>
      ))}
    </Stack>
  )
}

/** The keys that work in the editor. */
export function KeyList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const ofEditor = (group: 'Table' | 'Change') => editorKeys.filter((one) => one.group === group)
  return (
    <Modal opened={opened} onClose={onClose} title="Keys of the plan editor" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="lg">
        <Lines title="Change" lines={ofEditor('Change')} />
        <Lines title="Table" lines={ofEditor('Table')} />
        <Lines title="Everywhere" lines={keyBindings.filter(({ action }) => shared.has(action)).map((one) => ({ ...one, label: one.label.replace('the runsheet', 'the plan') }))} />
        <Lines title="While editing" lines={[
          { label: 'Save', keys: ['Enter'] }, { label: 'Save, and edit the next field', keys: ['Tab'] }, { label: 'Leave it as it was', keys: ['Escape'] },
        ]} />
      </SimpleGrid>
    </Modal>
  )
}
