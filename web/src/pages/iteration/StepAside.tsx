import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Board, StepRow } from '../../api/types'
import { StepEvidence } from '../../features/evidence/StepEvidence'
import { StepPanel } from '../../features/runbook/panel/StepPanel'
import type { StepControls } from '../../features/runbook/useStepControls'
import { StepMore } from '../runsheet/StepMore'
import classes from './step-aside.module.css'

interface Props {
  board: Board
  /** Whose panel is open; undefined = none. */
  code: string | undefined
  onOpen: (code: string | undefined) => void
  onPress: StepControls['press']
  /** What stands beside the step's buttons. */
  beside: (row: StepRow) => ReactNode
}

/** A step's panel beside a view of its night; on a narrow screen over it. */
export function StepAside({ board, code, onOpen, onPress, beside }: Props) {
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)
  const panel = code !== undefined && (
    <StepPanel
      board={board} code={code} onOpen={onOpen} onClose={() => onOpen(undefined)} onPress={onPress} beside={beside}
      evidence={(detail) => <StepEvidence key={detail.id} iterationId={board.iteration.id} step={detail} />}
      more={(detail) => <StepMore board={board} step={detail} />}
    />
  )
  if (!narrow) return panel && <aside className={classes.panel}>{panel}</aside>
  return (
    <Drawer
      opened={code !== undefined} onClose={() => onOpen(undefined)} position="right" size="min(100%, 460px)"
      withCloseButton={false} padding={0} aria-label="Step" styles={{ body: { height: '100%' } }}
    >
      {panel}
    </Drawer>
  )
}
