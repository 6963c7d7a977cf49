import { useParams } from '@tanstack/react-router'
import { WithBoard } from '../iteration/WithBoard'
import { CommandCentreView } from './CommandCentreView'

/** /migrations/$key/iterations/$name/command: what the pilot of a night looks at. */
export function CommandCentrePage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/command' })
  return (
    <WithBoard migrationKey={key} name={name} loading="Loading the command centre">
      {(board) => <CommandCentreView board={board} />}
    </WithBoard>
  )
}
