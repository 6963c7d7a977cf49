import { Text } from '@mantine/core'
import { asProblem } from '../../api/problem'
import type { ScopeOfVersion } from '../../api/plan'
import { figure } from '../../lib/figure'
import { ProblemNotice } from '../../ui/ProblemNotice'
import classes from './iteration-new.module.css'

/** How many codes the server names at most. */
const named = 200

function LeftOut({ scope }: { scope: ScopeOfVersion }) {
  if (scope.outOfScope === 0) return null
  const rest = scope.outOfScope - scope.outOfScopeCodes.length
  return (
    <details className={classes.left}>
      <summary>{scope.outOfScope === 1 ? '1 step is left out' : `${figure(scope.outOfScope)} steps are left out`}</summary>
      <p className="num">{scope.outOfScopeCodes.join(', ')}{rest > 0 ? ` and ${figure(rest)} more; the first ${named} are named` : ''}</p>
      <p className="dim">The plan’s scope says so. A step that is left out passes by itself, so that nothing waits for it longer than for what comes before it.</p>
    </details>
  )
}

/** How much of the plan this iteration would be, in the server's words. */
export function ScopeWords({ scope, error }: { scope: ScopeOfVersion | undefined; error: unknown }) {
  if (scope === undefined) return error ? <ProblemNotice problem={asProblem(error)} /> : <Text size="sm" c="dimmed" role="status">Looking what is part of it…</Text>
  return (
    <div data-testid="scope">
      <Text size="sm" fw={500} role="status">{scope.sentence}</Text>
      {scope.inScope === 0 && <Text size="sm" c="red" role="alert">Nothing would be left to do: choose another kind or name.</Text>}
      <LeftOut scope={scope} />
    </div>
  )
}
