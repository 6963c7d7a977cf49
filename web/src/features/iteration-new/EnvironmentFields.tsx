import { Select, Text } from '@mantine/core'
import type { CatalogueItem, ScopeOfVersion } from '../../api/plan'
import { figure } from '../../lib/figure'
import classes from './iteration-new.module.css'

interface Props {
  roles: ScopeOfVersion['roles']
  environments: readonly CatalogueItem[]
  /** By role, the code of the environment it is in this iteration. */
  value: Readonly<Record<string, string>>
  onChange: (role: string, environment: string | null) => void
}

const stepsOf = (n: number): string => `${figure(n)} ${n === 1 ? 'step' : 'steps'}`

/** What each environment role of the plan is in this iteration: chosen once, read on every step. */
export function EnvironmentFields({ roles, environments, value, onChange }: Props) {
  if (roles.length === 0) return null
  return (
    <fieldset className={classes.when} data-testid="environments">
      <legend>Environments</legend>
      {environments.length === 0 && (
        <Text size="sm" c="red" role="alert">
          This migration has no environment yet. Add one to the plan’s catalogue, then make the iteration.
        </Text>
      )}
      <ul className={classes.roles}>
        {roles.map((role) => (
          <li key={role.code}>
            <span><b>{role.code}</b> {role.name === role.code ? '' : role.name}<small className="dim">{stepsOf(role.steps)}</small></span>
            <Select
              size="sm" aria-label={`Environment for ${role.code}`} placeholder="Choose" searchable allowDeselect={false} disabled={environments.length === 0}
              data={environments.map(({ code, name }) => ({ value: code, label: name === code ? code : `${code} · ${name}` }))}
              value={value[role.code] ?? null} onChange={(picked) => onChange(role.code, picked)} nothingFoundMessage="Nothing is called that"
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
