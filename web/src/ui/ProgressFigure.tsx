import { Progress } from '@mantine/core'
import { figure } from '../lib/figure'

/** "58 %" or the words for not measured. Never a zero that nobody counted. */
export const percentText = (percent: number | null): string =>
  percent === null ? 'Not measured' : `${percent === 0 || percent === 100 ? percent : percent.toFixed(1)} %`

/** A thin bar with the figures in words beside it. */
export function ProgressFigure({ percent, done, total }: { percent: number | null; done: number; total: number }) {
  return (
    <div>
      <Progress value={percent ?? 0} size={6} radius="xl" aria-label="Progress" transitionDuration={300} />
      <span className="num dim" style={{ fontSize: 12 }}>
        {percentText(percent)} · {figure(done)} of {figure(total)} steps
      </span>
    </div>
  )
}
