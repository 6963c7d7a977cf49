import { SegmentedControl } from '@mantine/core'
import { type ZoneChoice, useZone } from '../../ui/zone'

const choices: { value: ZoneChoice; label: string }[] = [
  { value: 'migration', label: 'Migration' },
  { value: 'mine', label: 'Mine' },
  { value: 'utc', label: 'UTC' },
]

/** One switch for every time on every screen. */
export function ZoneSwitch() {
  const { choice, choose } = useZone()
  return (
    <SegmentedControl
      size="xs" value={choice} data={choices} aria-label="Time zone" withItemsBorders={false}
      onChange={(value) => choose(value)}
    />
  )
}
