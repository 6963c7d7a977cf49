import { Button } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import type { Board, StepDetail } from '../../api/types'
import { ProposeDialog } from './ProposeDialog'

/** Who may say what a step taught: its team and pilots, as they stand to it. */
const mayPropose = ({ relation }: StepDetail): boolean => relation === 'team' || relation === 'pilot' || relation === 'pilot_approver'

/** The way from a step to the plan it came from; nothing for whoever only follows. */
export function ProposeButton({ board, step }: { board: Board; step: StepDetail }) {
  const [asked, setAsked] = useState(false)
  const whyOff = useWhyOffline()
  if (!mayPropose(step)) return null
  return (
    <div>
      <Button
        size="xs" variant="default" leftSection={<IconBulb size={15} aria-hidden />} disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
        onClick={() => setAsked(true)}
      >
        Propose for the plan
      </Button>
      {asked && <ProposeDialog iteration={board.iteration} step={step} teams={board.teams} onClose={() => setAsked(false)} />}
    </div>
  )
}
