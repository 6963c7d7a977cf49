import { IconCircleCheck, IconDownload, IconHistory, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { apiBase } from '../../api/client'
import type { Plan, PlanVersion } from '../../api/types'
import { api } from '../../lib/paths'
import { dayClock, millis } from '../../lib/time'
import { Pill } from '../../ui/Pill'
import { useZoneOf } from '../../ui/zone'
import classes from './plans.module.css'

const status = {
  draft: { word: 'Draft', icon: IconPencil, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  approved: { word: 'Approved', icon: IconCircleCheck, color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  superseded: { word: 'Superseded', icon: IconHistory, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
} as const

function Status({ of }: { of: PlanVersion['status'] }) {
  const { word, icon: Icon, color, ground } = status[of]
  return <Pill color={color} ground={ground}><Icon size={14} aria-hidden /> {word}</Pill>
}

function whoWhen(who: string | null, iso: string | null, zone: string): string {
  const at = millis(iso)
  return [who, at === null ? null : dayClock(at, zone)].filter((part) => part !== null).join(', ')
}

function Export({ version, format }: { version: PlanVersion; format: 'yaml' | 'json' }) {
  return (
    <a className={classes.file} href={apiBase + api.planVersionExport(version.id, format)} download aria-label={`Version ${version.number} as ${format.toUpperCase()}`}>
      <IconDownload size={14} aria-hidden /> {format.toUpperCase()}
    </a>
  )
}

function VersionRow({ version, zone, action }: { version: PlanVersion; zone: string; action: ReactNode }) {
  return (
    <li className={classes.version} data-version={version.number}>
      <b className="num">v{version.number}</b>
      <Status of={version.status} />
      <span className={`num ${classes.steps}`}>
        {version.steps} {version.steps === 1 ? 'step' : 'steps'}{' '}<small className="dim">rollback chapters included</small>
      </span>
      <span className={classes.who}>
        <span><small className="dim">Written by</small> {whoWhen(version.createdBy, version.createdAt, zone)}</span>
        {version.approvedAt && <span><small className="dim">Approved by</small> {whoWhen(version.approvedBy, version.approvedAt, zone)}</span>}
      </span>
      <span className={classes.actions}>
        {action}
        <Export version={version} format="yaml" />
        <Export version={version} format="json" />
      </span>
    </li>
  )
}

const firstShown = 3

interface Props {
  plan: Plan
  zone: string
  actionOf: (version: PlanVersion) => ReactNode
}

/** A plan with its versions, newest first. */
export function PlanCard({ plan, zone: own, actionOf }: Props) {
  const zone = useZoneOf(own)
  const [all, setAll] = useState(false)
  const versions = plan.versions.toSorted((a, b) => b.number - a.number)
  const shown = all ? versions : versions.slice(0, firstShown)
  return (
    <section aria-label={`Plan ${plan.name}`}>
      <h3 className={classes.name}>{plan.name}</h3>
      <ul className={classes.versions}>
        {shown.map((version) => <VersionRow key={version.id} version={version} zone={zone} action={actionOf(version)} />)}
      </ul>
      {versions.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          Show {versions.length - shown.length} older
        </button>
      )}
    </section>
  )
}
