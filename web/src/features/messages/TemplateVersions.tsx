import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { TemplateVersion } from '../../api/types'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './messages.module.css'

/** All versions of a template, the newest first; any of them can be put into the editor again. */
export function TemplateVersions({ versions, onTake }: { versions: readonly TemplateVersion[]; onTake: ((version: TemplateVersion) => void) | null }) {
  const { zone } = useZone()
  const now = useNow(60_000)
  return (
    <details>
      <summary>Versions ({versions.length})</summary>
      <ul className={classes.versions}>
        {versions.map((version) => (
          <li key={version.number}>
            <b>{version.number === 0 ? 'Built in' : `Version ${version.number}`}</b>
            {version.used && <span>in use</span>}
            {version.error !== null && (
              <span className={classes.faulty}><IconAlertTriangle size={13} aria-hidden /> {version.errorLine === null ? '' : `line ${version.errorLine}: `}{version.error}</span>
            )}
            {version.by !== null && <span className="num dim">{version.by}, {near(millis(version.at) ?? now, now, zone)}</span>}
            {onTake && <Button size="compact-xs" variant="subtle" ml="auto" onClick={() => onTake(version)}>Put into the editor</Button>}
          </li>
        ))}
      </ul>
    </details>
  )
}
