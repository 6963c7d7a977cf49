import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ForecastDocument } from '../../api/forecast'
import { figure } from '../../lib/figure'
import { assumptionWords, conflictWords } from '../../lib/forecastWords'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './forecast.module.css'

const counted = (number: number, word: string) => `${figure(number)} ${word}${number === 1 ? '' : 's'}`

/** What the forecast takes for granted, and what was said that cannot all be so: behind a press, for fingers and keys too. */
export function Premises({ forecast }: { forecast: ForecastDocument }) {
  const { assumptions, conflicts } = forecast
  const { zone } = useZone()
  const now = useNow(60_000)
  if (assumptions.length + conflicts.length === 0) return null
  const Icon = conflicts.length > 0 ? IconAlertTriangle : IconInfoCircle
  const told = [
    ...(conflicts.length > 0 ? [counted(conflicts.length, 'conflict')] : []),
    ...(assumptions.length > 0 ? [counted(assumptions.length, 'assumption')] : []),
  ].join(', ')
  return (
    <Popover position="bottom-start" withArrow width={380}>
      <Popover.Target><UnstyledButton className={classes.spread} data-testid="premises"><Icon size={15} aria-hidden /> {told}</UnstyledButton></Popover.Target>
      <Popover.Dropdown>
        <div className={classes.basis}>
          {conflicts.map((one) => <p key={one.sentence}><b>Conflict:</b> {conflictWords(one, now, zone)}</p>)}
          {assumptions.map((one) => <p key={one.sentence}>Assumed: {assumptionWords(one, now, zone)}</p>)}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
