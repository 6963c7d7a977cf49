import { EmptyState } from '../../ui/states'

export function TokensPage() {
  return <EmptyState title="API tokens" />
}
