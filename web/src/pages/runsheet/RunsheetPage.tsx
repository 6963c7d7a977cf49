import { useParams } from '@tanstack/react-router'
import { WithBoard } from '../iteration/WithBoard'
import { RunsheetView } from './RunsheetView'

/** /migrations/$key/iterations/$name: finds the iteration, then its board. */
export function RunsheetPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name' })
  return <WithBoard migrationKey={key} name={name} loading="Loading the runsheet">{(board) => <RunsheetView board={board} />}</WithBoard>
}
