import { Code } from '@mantine/core'
import { EmptyState } from '../../ui/states'

/** No migration is to be seen: why that may be, and how one begins. */
export function HowToBegin({ admin }: { admin: boolean }) {
  if (!admin) {
    return (
      <EmptyState title="There is no migration you may see">
        Either none was made yet, or you have no role in one. An admin gives roles; a pilot makes a migration by
        importing its plan: <Code>tminus plan import FILE</Code>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No migration yet">
      Make one above and say in its rights who is its pilot: pilots bring plan files. Or let a plan make it: on the server, run{' '}
      <Code>tminus plan import FILE</Code> with a plan file (YAML or JSON): it makes the migration, its teams and a
      draft of the plan, and says what it found wrong.
    </EmptyState>
  )
}
