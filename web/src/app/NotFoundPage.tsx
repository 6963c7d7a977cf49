import { Link, useRouterState } from '@tanstack/react-router'
import { paths } from '../lib/paths'
import { EmptyState } from '../ui/states'

/** There is nothing at this address: which one it was, and the way on. */
export function NotFoundPage() {
  const where = useRouterState({ select: (state) => state.location.pathname })
  return (
    <EmptyState title="There is no page at this address" action={<Link to={paths.migrations()}>To the migrations</Link>}>
      Nothing is at {where}. The link may have been cut short, or the page has moved.
    </EmptyState>
  )
}
