import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconHandGrab, IconPlayerPlayFilled } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { WorkItem } from '../../api/types'
import { isSecondClick } from '../../ui/press'
import { ProblemDialog } from './ProblemDialog'
import { useTicking, useWorkPress, type WorkAction } from './useWork'
import classes from './work.module.css'

interface Face {
  action: WorkAction
  /** Pressed, it asks before it is sent. */
  asks?: boolean
  label: string
  doing: string
  icon: ReactNode
}
const faces: readonly Face[] = [
  { action: 'taken', label: 'I have it', doing: 'Telling…', icon: <IconHandGrab size={18} aria-hidden /> },
  { action: 'unblock', label: 'It goes on', doing: 'Unblocking…', icon: <IconPlayerPlayFilled size={18} aria-hidden /> },
  { action: 'start', label: 'Start', doing: 'Starting…', icon: <IconPlayerPlayFilled size={18} aria-hidden /> },
  { action: 'complete', label: 'Done', doing: 'Completing…', icon: <IconCheck size={20} stroke={2.5} aria-hidden /> },
  { action: 'fail', label: 'Problem', doing: 'Reporting…', icon: <IconAlertTriangle size={18} aria-hidden />, asks: true },
]

/** Problem is there where the step can be blocked or failed. Who has it says so once. */
function shownFaces({ step }: WorkItem): Face[] {
  const may = (action: WorkAction) => step.allowedActions.includes(action)
  return faces.filter(({ action }) => {
    if (action === 'fail') return may('fail') || may('block')
    return may(action) && !(action === 'taken' && step.takenAt !== null)
  })
}

/** I have it, Start, Done, Problem: those of them that the server allows, the first one as the thing to press. */
export function WorkButtons({ item, whyOff }: { item: WorkItem; whyOff: string | null }) {
  const press = useWorkPress(item)
  const ticking = useTicking(item.step.id)
  const [asking, setAsking] = useState(false)
  const allowed = shownFaces(item)
  if (allowed.length === 0) return null
  const doing = press.isPending ? press.variables.action : null
  const run = ({ action, asks }: Face) => (asks ? setAsking(true) : press.mutate({ action }))
  return (
    <div className={classes.buttons}>
      {allowed.map((face, i) => {
        const { action, label, doing: word, icon } = face
        const busy = doing === action || (face.asks === true && doing === 'block')
        return (
        <Button
          key={action} size="lg" leftSection={busy ? null : icon} onClick={(event) => { if (!isSecondClick(event)) run(face) }}
          variant={i === 0 && action !== 'fail' ? 'filled' : 'default'} data-done={(i === 0 && action === 'complete') || undefined}
          disabled={whyOff !== null || doing !== null || ticking} {...(whyOff === null ? {} : { title: whyOff })}
          aria-label={`${label} ${item.step.code}`} data-action={action}
        >
          {busy ? word : label}
        </Button>
        )
      })}
      {asking && (
        <ProblemDialog
          item={item} onClose={() => setAsking(false)}
          onReport={(problem) => {
            setAsking(false)
            press.mutate(problem)
          }}
        />
      )}
    </div>
  )
}
