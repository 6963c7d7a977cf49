import { asProblem } from '../../api/problem'
import { Notice } from '../../ui/states'

/** Why the server did not do it, where the button was pressed. */
export function Refused({ error }: { error: Error | null }) {
  if (error === null) return null
  const problem = asProblem(error)
  return (
    <Notice title={problem.title} color={problem.status === 409 ? 'orange' : 'red'}>
      {problem.detail} {problem.hint}
    </Notice>
  )
}
