import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { planKeys, type PlanWhole } from '../../api/plan'
import { plansQuery } from '../../api/queries'
import type { Plan } from '../../api/types'
import { ApproveDialog } from '../../features/migrations/ApproveDialog'
import { stepCount } from '../../features/plan-editor/model/rows'
import { ApproveButton } from '../../features/plans/ApproveButton'
import { DiscardDialog } from '../../features/plans/DiscardDialog'
import { ExportVersion } from '../../features/plans/ExportVersion'
import { NewDraftDialog } from '../../features/plans/NewDraftDialog'
import { paths } from '../../lib/paths'
import { say } from '../../ui/notify'

type Wish = 'approve' | 'newDraft' | 'discard'

interface Acts {
  ask: (wish: Wish) => void
  dialog: ReactNode
}

function Approve({ plan, of, onClose }: { plan: PlanWhole; of: Plan; onClose: () => void }) {
  const cache = useQueryClient()
  const listed = of.versions.find(({ id }) => id === plan.id)
  if (!listed) return null
  // What is approved is what is shown here, which may be newer than the list.
  const version = { ...listed, version: plan.version, steps: stepCount(plan) }
  const close = () => {
    void cache.invalidateQueries({ queryKey: planKeys.version(plan.id) })
    onClose()
  }
  return <ApproveDialog plan={of} version={version} onClose={close} />
}

/** What may be done to a version as a whole, and the dialogs that ask before it is. */
export function useVersionActs(plan: PlanWhole): Acts {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Wish | null>(null)
  const of = useQuery(plansQuery(plan.migrationId)).data?.find(({ id }) => id === plan.planId)
  const close = () => setAsked(null)
  const made = ({ id, number }: { id: string; number: number }) => {
    close()
    say(`Version ${number} is begun as a draft.`)
    void navigate({ href: paths.planVersion(plan.migrationKey, id) })
  }
  const named = { id: plan.planId, name: plan.planName, migrationId: plan.migrationId, migrationKey: plan.migrationKey }
  const dialog = asked === 'newDraft'
    ? <NewDraftDialog plan={named} from={plan} onMade={made} onClose={close} />
    : asked === 'discard'
      ? <DiscardDialog migrationId={plan.migrationId} version={plan} onClose={close} onDone={() => void navigate({ href: paths.plans(plan.migrationKey), replace: true })} />
      : asked === 'approve' && of && <Approve plan={plan} of={of} onClose={close} />
  return { ask: setAsked, dialog }
}

function Files({ plan, acts, mayDiscard }: { plan: PlanWhole; acts: Acts; mayDiscard: boolean }) {
  return (
    <>
      <ExportVersion
        id={plan.id}
        target={<Button size="xs" variant="default" leftSection={<IconDownload size={15} aria-hidden />} aria-label={`Export version ${plan.number}`}>Export</Button>}
      />
      {mayDiscard && (
        <Menu position="bottom-end" width={210} withinPortal>
          <Menu.Target><ActionIcon variant="default" size={30} aria-label={`More for version ${plan.number}`}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item c="var(--t-red)" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => acts.ask('discard')}>Remove draft</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}

/** Approve, with the reason where that cannot be; files; removing the draft. */
export function VersionActs({ plan, acts, whyOff }: { plan: PlanWhole; acts: Acts; whyOff: string | null }) {
  const { allowedActions, whyNotApprove, status } = plan
  const pilot = allowedActions.includes('discard')
  return (
    <>
      {status === 'draft' && pilot && <ApproveButton whyNot={whyOff ?? (allowedActions.includes('approve') ? null : (whyNotApprove ?? 'You may not approve it.'))} onAsk={() => acts.ask('approve')} />}
      <Files plan={plan} acts={acts} mayDiscard={pilot && whyOff === null} />
    </>
  )
}
