import { Button, Progress } from '@mantine/core'
import type { PlanImport } from '../../../api/types'
import { figure } from '../../../lib/figure'
import { span } from '../../../lib/time'
import { Notice } from '../../../ui/states'
import { useNow } from '../../../ui/useNow'
import { paceOf } from '../model/pace'
import { bytes } from '../model/words'
import classes from '../plan-import.module.css'

function Pace({ found }: { found: PlanImport }) {
  const { rowsPerSecond, share, secondsLeft } = paceOf(found, useNow())
  const { rows, bytes: read } = found.progress
  if (found.state === 'received') return <p className={classes.lead}>It waits for its turn; {bytes(found.fileSize)} are kept safe.</p>
  const through = share === 1
  return (
    <>
      <Progress value={(share ?? 0) * 100} size="md" animated aria-label="How much of the file is read" />
      <p className={classes.figures}>
        <span><b className="num">{figure(rows)}</b> rows</span>
        {rowsPerSecond !== null && <span><b className="num">{figure(rowsPerSecond)}</b> rows/s</span>}
        {share !== null && <span className="num">{bytes(Math.min(read, found.fileSize))} of {bytes(found.fileSize)}</span>}
        {secondsLeft !== null && <span>about <b className="num">{span(secondsLeft)}</b> left of the reading</span>}
      </p>
      {through && <p className={classes.lead}>All of it is read. Now everything is looked at together: references, circles, codes used twice, and what would change.</p>}
    </>
  )
}

/** While an import is read: how far, how quickly, how long. It goes on without this page. */
export function ReadingStep({ found, busy, onGoOn }: { found: PlanImport; busy: boolean; onGoOn: () => void }) {
  if (found.state === 'failed') {
    return (
      <div className={classes.step}>
        <h2>Reading</h2>
        <Notice title="The reading was cut off." color="red">{found.problem ?? 'Nothing of the plan was changed.'}</Notice>
        <p className={classes.lead}>The file is kept: you need not send it again.</p>
        <div className={classes.buttons}><Button size="sm" loading={busy} onClick={onGoOn}>Go on</Button></div>
      </div>
    )
  }
  return (
    <div className={classes.step} aria-busy>
      <h2>Reading</h2>
      <Pace found={found} />
      <p className={classes.lead}>You can leave this page and come back: it goes on without you, and stands in the list of imports.</p>
    </div>
  )
}
