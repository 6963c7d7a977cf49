import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { FileFinding } from '../../api/types'
import { byWeight, placeOf } from './findings'
import classes from './plan-import.module.css'

const shownFirst = 50

function Severity({ of }: { of: FileFinding['severity'] }) {
  const error = of === 'error'
  const Icon = error ? IconAlertOctagon : IconAlertTriangle
  return (
    <span className={classes.severity} style={{ color: error ? 'var(--t-red)' : 'var(--t-amber)' }}>
      <Icon size={15} aria-hidden /> {error ? 'Error' : 'Warning'}
    </span>
  )
}

function FindingRow({ finding }: { finding: FileFinding }) {
  return (
    <tr>
      <td><Severity of={finding.severity} /></td>
      <td className="num">{finding.file}{placeOf(finding) !== '' && <>, <b>{placeOf(finding)}</b></>}</td>
      <td className={classes.said}>
        {finding.message}{finding.suggestion && <> <b>{finding.suggestion}</b></>}
        {finding.repair && <span className="dim"> {finding.repair}</span>}
      </td>
      <td><code className={classes.code}>{finding.code}</code></td>
    </tr>
  )
}

/** What was found in the file: where, how bad, in words, and what would mend it. */
export function FindingsTable({ findings }: { findings: readonly FileFinding[] }) {
  const [all, setAll] = useState(false)
  if (findings.length === 0) return null
  const sorted = byWeight(findings)
  const shown = all ? sorted : sorted.slice(0, shownFirst)
  return (
    <>
      <table className={classes.table} aria-label="Findings">
        <thead><tr><th>Severity</th><th>Where</th><th>What</th><th>Code</th></tr></thead>
        <tbody>
          {shown.map((finding, i) => <FindingRow key={`${finding.code}:${String(finding.line)}:${i}`} finding={finding} />)}
        </tbody>
      </table>
      {sorted.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>Show all {sorted.length} findings</button>
      )}
    </>
  )
}
