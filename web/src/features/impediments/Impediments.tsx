import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { impedimentsQuery } from '../../api/spoken'
import type { Impediment } from '../../api/types'
import { ErrorState, LoadingRows } from '../../ui/states'
import { ImpedimentDialog } from './ImpedimentDialog'
import { ImpedimentItem, type ImpedimentAction } from './ImpedimentItem'
import { MoveDialog } from './MoveDialog'
import classes from './impediments.module.css'

type Asked = { what: 'open' } | { what: ImpedimentAction; one: Impediment } | null

interface Props {
  iterationId: string
  /** Without it: of the whole iteration, with those of its steps. */
  stepCode?: string
}

function Asking({ iterationId, stepCode, asked, onClose }: Props & { asked: Asked; onClose: () => void }) {
  if (asked === null) return null
  if (asked.what === 'open') return <ImpedimentDialog iterationId={iterationId} stepCode={stepCode} was={null} onClose={onClose} />
  if (asked.what === 'change') return <ImpedimentDialog iterationId={iterationId} was={asked.one} onClose={onClose} />
  return <MoveDialog iterationId={iterationId} one={asked.one} to={asked.what} onClose={onClose} />
}

/** What stands in the way of a step or of the iteration: the open ones, the worst first; the resolved ones folded. */
export function Impediments({ iterationId, stepCode }: Props) {
  const query = useQuery(impedimentsQuery(iterationId, stepCode))
  const [asked, setAsked] = useState<Asked>(null)
  const whyOff = useWhyOffline()
  if (query.isPending) return <LoadingRows rows={2} label="Loading the impediments" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const { items, mayOpen } = query.data
  const open = items.filter(({ state }) => state === 'open')
  const resolved = items.filter(({ state }) => state === 'resolved')
  const item = (one: Impediment) => (
    <ImpedimentItem key={one.id} one={one} showStep={stepCode === undefined} whyOff={whyOff} onAsk={(what) => setAsked({ what, one })} />
  )
  return (
    <div className={classes.impediments}>
      {open.length > 0 ? <ul className={classes.list} aria-label="Open impediments">{open.map(item)}</ul> : <Text size="sm" c="dimmed">Nothing stands in the way.</Text>}
      {mayOpen && (
        <div>
          <Button
            size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsked({ what: 'open' })}
            disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
          >
            Impediment
          </Button>
        </div>
      )}
      {resolved.length > 0 && (
        <details className={classes.resolved}>
          <summary>Resolved ({resolved.length})</summary>
          <ul className={classes.list}>{resolved.map(item)}</ul>
        </details>
      )}
      <Asking iterationId={iterationId} {...(stepCode === undefined ? {} : { stepCode })} asked={asked} onClose={() => setAsked(null)} />
    </div>
  )
}
