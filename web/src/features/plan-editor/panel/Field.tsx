import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type Spot, useMark, useRefused } from '../marks'
import { valueText } from '../model/fields'
import classes from './panel.module.css'

/** How the saving of one field goes: under way, saved, or not taken. */
export function FieldMark({ spot }: { spot: Spot }) {
  const mark = useMark(spot)
  const refused = useRefused(spot)
  if (mark?.state === 'saving') return <span className={classes.mark} role="status"><Loader size={11} color="gray" aria-hidden /> saving</span>
  if (mark?.state === 'saved') return <span className={classes.mark} role="status" data-tone="green"><IconCheck size={13} aria-hidden /> saved</span>
  return refused ? <span className={classes.mark} data-tone="amber"><IconAlertTriangle size={13} aria-hidden /> not saved</span> : null
}

/** A field's name with what it holds, and how its saving goes. */
export function Field({ label, spot, hint, children }: { label: string; spot: Spot; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className={classes.field} data-panel-field={spot.field}>
      <span className={classes.label} title={hint}>{label}<FieldMark spot={spot} /></span>
      {children}
    </div>
  )
}

/** What stands in a field that cannot be changed here. */
export function Plain({ field, value }: { field: string; value: unknown }) {
  const text = valueText(field, value)
  return <span className={classes.plain}>{text === '' ? <span className="dim">None</span> : text}</span>
}
