import { Button } from '@mantine/core'
import { EmptyState } from '../ui/states'

/** So often in a row with a server that answers: it is another version of the page that it has. */
const renewed = 6

interface Props {
  failures: number
  /** The server answers otherwise. */
  there: boolean
  onRetry: () => void
}

/** A view whose code has not come: that, that nothing is lost, and what happens next. */
export function NotLoaded({ failures, there, onRetry }: Props) {
  if (there && failures >= renewed) {
    return (
      <div role="alert" data-testid="not-loaded">
        <EmptyState title="This part could not be loaded" action={<Button variant="default" onClick={() => window.location.reload()}>Load the page anew</Button>}>
          The server answers, but this part of the page does not come: Tminus may have been updated meanwhile. Nothing
          that was saved is lost. Load the page anew to go on.
        </EmptyState>
      </div>
    )
  }
  return (
    <div role="alert" data-testid="not-loaded">
      <EmptyState title="This part is not loaded yet" action={<Button variant="default" onClick={onRetry}>Try now</Button>}>
        The server cannot be reached. Nothing is lost. This part loads by itself as soon as the connection is back.
      </EmptyState>
    </div>
  )
}
