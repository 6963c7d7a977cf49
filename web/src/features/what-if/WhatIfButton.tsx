import { Button } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { Kbd } from '../../ui/Kbd'

/** Opens the question what would be if; `of`: the step it begins with. */
export function WhatIfButton({ of, onOpen }: { of?: string; onOpen: () => void }) {
  return (
    <Button
      variant="default" leftSection={<IconArrowsSplit2 size={15} />} rightSection={of === undefined ? undefined : <Kbd of="Shift+w" />} onClick={onOpen}
      title="Suppose something and see the finish; nothing is changed (Shift+W)" aria-label={of === undefined ? 'What if…' : `What if… of ${of}`}
    >
      What if…
    </Button>
  )
}
