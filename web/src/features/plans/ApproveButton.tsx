import { Button, Popover } from '@mantine/core'

interface Props {
  /** Why it can't be done, in words; null when it can. */
  whyNot: string | null
  onAsk: () => void
}

/** Approves, or says on being asked why this person cannot do it now. */
export function ApproveButton({ whyNot, onAsk }: Props) {
  if (whyNot === null) return <Button onClick={onAsk}>Approve</Button>
  return (
    <Popover width={280} position="bottom-end" withArrow shadow="md" trapFocus={false}>
      <Popover.Target>
        <Button variant="default" data-disabled title={whyNot} aria-label={`Approve: not possible now. ${whyNot}`}>Approve</Button>
      </Popover.Target>
      <Popover.Dropdown role="status" fz="sm" p="xs">{whyNot}</Popover.Dropdown>
    </Popover>
  )
}
