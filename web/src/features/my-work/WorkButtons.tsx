import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconPlayerPlayFilled } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { WorkItem } from '../../api/types'
import { ProblemDialog } from './ProblemDialog'
import { useTicking, useWorkPress, type WorkAction } from './useWork'
import classes from './work.module.css'

interface Face {
  action: WorkAction
  label: string
  doing: string
  icon: ReactNode
}
const faces: readonly Face[] = [
  { action: 'start', label: 'Start', doing: 'Starting…', icon: <IconPlayerPlayFilled size={18} aria-hidden /> },
  { action: 'complete', label: 'Done', doing: 'Completing…', icon: <IconCheck size={20} stroke={2.5} aria-hidden /> },
  { action: 'fail', label: 'Problem', doing: 'Reporting…', icon: <IconAlertTriangle size={18} aria-hidden /> },
]

/** Start, Done, Problem: those of them that the server allows, the first one as the thing to press. */
export function WorkButtons({ item, whyOff }: { item: WorkItem; whyOff: string | null }) {
  const press = useWorkPress(item)
  const ticking = useTicking(item.step.id)
  const [asking, setAsking] = useState(false)
  const allowed = faces.filter(({ action }) => item.step.allowedActions.includes(action))
  if (allowed.length === 0) return null
  const doing = press.isPending ? press.variables.action : null
  const run = (action: WorkAction) => (action === 'fail' ? setAsking(true) : press.mutate({ action }))
  return (
    <div className={classes.buttons}>
      {allowed.map(({ action, label, doing: word, icon }, i) => (
        <Button
          key={action} size="lg" leftSection={doing === action ? null : icon} onClick={() => run(action)}
          variant={i === 0 && action !== 'fail' ? 'filled' : 'default'} data-done={(i === 0 && action === 'complete') || undefined}
          disabled={whyOff !== null || doing !== null || ticking} {...(whyOff === null ? {} : { title: whyOff })}
          aria-label={`${label} ${item.step.code}`} data-action={action}
        >
          {doing === action ? word : label}
        </Button>
      ))}
      {asking && (
        <ProblemDialog
          item={item} onClose={() => setAsking(false)}
          onReport={(reason) => {
            setAsking(false)
            press.mutate({ action: 'fail', reason })
          }}
        />
      )}
    </div>
  )
}
