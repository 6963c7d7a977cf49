import { IconCheck } from '@tabler/icons-react'
import { Loader } from '@mantine/core'
import { type Spot, useMark, useRefused } from '../marks'
import { type Column, valueText, wordOf } from '../model/fields'
import classes from './grid.module.css'

interface Props {
  spot: Spot
  value: unknown
  active: boolean
  className: string
}

/** One value of the table: as it is; what was typed while that is being saved; marked where it was refused. */
export function Cell({ spot, value, active, className }: Props) {
  const mark = useMark(spot)
  const refused = useRefused(spot)
  const shown = valueText(spot.field, mark?.state === 'saving' ? mark.to : value)
  return (
    <span
      role="gridcell" className={`${classes.cell} ${className}`} data-field={spot.field} data-active={active || undefined}
      data-mark={mark?.state ?? (refused ? 'refused' : undefined)} title={shown.length > 12 ? shown : undefined}
      aria-label={`${wordOf(spot.field)}: ${shown === '' ? 'none' : shown}`}
    >
      <span className={classes.cut}>{shown}</span>
      {mark?.state === 'saving' && <Loader size={10} color="gray" aria-label="Saving" />}
      {mark?.state === 'saved' && <IconCheck size={13} className={classes.saved} role="img" aria-label="Saved" />}
    </span>
  )
}

export type { Column }
