import { Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import { keyBindings } from '../../lib/keys'
import { Kbd } from '../../ui/Kbd'

const groups = ['Everywhere', 'Move', 'Selected step', 'Iteration'] as const

/** The list of keys, made from the one that is obeyed. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="lg">
        {groups.map((group) => (
          <Stack key={group} gap={6}>
            <Text size="xs" c="dimmed" fw={600}>{group}</Text>
            {keyBindings.filter((binding) => binding.group === group).map((binding) => (
              <Group key={binding.action} justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm">{binding.label}</Text>
                <span style={{ whiteSpace: 'nowrap' }}>
                  {binding.keys.map((key) => <Kbd key={key} of={key} />)}
                </span>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
