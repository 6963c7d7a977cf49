import { ActivationMessageDialog } from '../../features/messages/ActivationMessageDialog'
import type { ActivationDialog } from '../../features/runbook/useStepControls'

/** The dialog in which an activation's message is read, and changed, before it goes. */
export const activationIn = (iterationId: string): ActivationDialog => ({ row, onClose, onActivate }) => (
  <ActivationMessageDialog iterationId={iterationId} stepCode={row.code} opened onClose={onClose} onActivate={onActivate} />
)
