import { Button } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useState } from 'react'
import type { Iteration } from '../../../api/types'
import { TermsDialog } from './TermsDialog'

/** Opens what was agreed on for an iteration: to be changed by its pilot, to be read by everybody. */
export function TermsButton({ iteration }: { iteration: Iteration }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconAdjustments size={15} />} onClick={() => setOpen(true)}>Terms</Button>
      {open && <TermsDialog iteration={iteration} onClose={() => setOpen(false)} />}
    </>
  )
}
