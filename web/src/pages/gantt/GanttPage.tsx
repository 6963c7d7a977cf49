import { useParams } from '@tanstack/react-router'
import { WithBoard } from '../iteration/WithBoard'
import { GanttView } from './GanttView'

/** /migrations/$key/iterations/$name/gantt: every step against time. */
export function GanttPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/gantt' })
  return <WithBoard migrationKey={key} name={name} loading="Loading the Gantt">{(board) => <GanttView board={board} />}</WithBoard>
}
