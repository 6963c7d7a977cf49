import { useParams } from '@tanstack/react-router'
import { WithBoard } from '../iteration/WithBoard'
import { GraphView } from './GraphView'

/** /migrations/$key/iterations/$name/graph: the night as a network. */
export function GraphPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/graph' })
  return <WithBoard migrationKey={key} name={name} loading="Loading the graph">{(board) => <GraphView board={board} />}</WithBoard>
}
