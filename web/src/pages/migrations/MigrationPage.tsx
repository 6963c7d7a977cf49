import { EmptyState } from '../../ui/states'

export function MigrationPage() {
  return <EmptyState title="Migration" />
}
