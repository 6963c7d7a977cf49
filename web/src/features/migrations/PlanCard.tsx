import { IconArrowRight, IconColumns3, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Plan, PlanVersion } from '../../api/types'
import { figure } from '../../lib/figure'
import { paths } from '../../lib/paths'
import { rehearsalsPath } from '../../lib/rehearsalPaths'
import { dayClock, millis } from '../../lib/time'
import { VersionMark } from '../../ui/VersionMark'
import { useZoneOf } from '../../ui/zone'
import classes from './plans.module.css'

function whoWhen(who: string | null, iso: string | null, zone: string): string {
  const at = millis(iso)
  return [who, at === null ? null : dayClock(at, zone)].filter((part) => part !== null).join(', ')
}

/** The version it was copied from, and what was made from it. */
function Origin({ version: { basedOn, iterations } }: { version: PlanVersion }) {
  return (
    <>
      {basedOn && <span><small className="dim">Based on</small> v{basedOn.number}</span>}
      {iterations.length > 0 && <span><small className="dim">Made from it</small> {iterations.join(', ')}</span>}
    </>
  )
}

function VersionRow({ version, zone, migrationKey, action, exportOf }: Pick<Props, 'zone' | 'exportOf'> & { version: PlanVersion; migrationKey: string; action: ReactNode }) {
  const to = paths.planVersion(migrationKey, version.id)
  return (
    <li className={classes.version} data-version={version.number} data-status={version.status}>
      <Link to={to} className={`num ${classes.number}`} aria-label={`Version ${version.number}`}>v{version.number}</Link>
      <VersionMark status={version.status} />
      <span className={`num ${classes.steps}`}>
        {figure(version.steps)} {version.steps === 1 ? 'step' : 'steps'}{' '}<small className="dim">rollback chapters included</small>
      </span>
      <span className={classes.who}>
        <span><small className="dim">Written by</small> {whoWhen(version.createdBy, version.createdAt, zone)}</span>
        {version.approvedAt && <span><small className="dim">Approved by</small> {whoWhen(version.approvedBy, version.approvedAt, zone)}</span>}
        <Origin version={version} />
      </span>
      <span className={classes.actions}>
        {action}
        <Link to={to} className={classes.file ?? ''} aria-label={`Open version ${version.number}`}><IconArrowRight size={14} aria-hidden /> Open</Link>
        {exportOf(version, <button type="button" className={classes.file} aria-label={`Export version ${version.number}`}><IconDownload size={14} aria-hidden /> Export</button>)}
      </span>
    </li>
  )
}

/** Where the iterations of all versions stand side by side; nothing before there is one. */
function RehearsalsLink({ plan: { id, migrationKey, versions } }: { plan: Plan }) {
  if (versions.every(({ iterations }) => iterations.length === 0)) return null
  return <Link to={rehearsalsPath(migrationKey, id)} className={classes.file ?? ''}><IconColumns3 size={14} aria-hidden /> Rehearsals side by side</Link>
}

const firstShown = 3

interface Props {
  plan: Plan
  zone: string
  actionOf: (version: PlanVersion) => ReactNode
  /** The menu of the files that a version is had in, behind this button. */
  exportOf: (version: PlanVersion, button: ReactNode) => ReactNode
  /** All versions at once, not the newest few. */
  whole?: boolean
  /** Beside the name of the plan. */
  aside?: ReactNode
  children?: ReactNode
}

/** A plan with its versions, newest first. */
export function PlanCard({ plan, zone: own, actionOf, exportOf, whole = false, aside, children }: Props) {
  const zone = useZoneOf(own)
  const [all, setAll] = useState(whole)
  const versions = plan.versions.toSorted((a, b) => b.number - a.number)
  const shown = all ? versions : versions.slice(0, firstShown)
  return (
    <section aria-label={`Plan ${plan.name}`}>
      <header className={classes.head}><h3 className={classes.name}>{plan.name}</h3><RehearsalsLink plan={plan} />{aside}</header>
      <ul className={classes.versions}>
        {shown.map((version) => <VersionRow key={version.id} version={version} zone={zone} migrationKey={plan.migrationKey} action={actionOf(version)} exportOf={exportOf} />)}
      </ul>
      {versions.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          Show {versions.length - shown.length} older
        </button>
      )}
      {children}
    </section>
  )
}
