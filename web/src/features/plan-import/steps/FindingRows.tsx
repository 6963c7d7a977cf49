import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { importFindingsQuery } from '../../../api/planImports'
import { asProblem } from '../../../api/problem'
import type { BatchFinding, FindingKind } from '../../../api/types'
import { ErrorState, LoadingRows } from '../../../ui/states'
import { LongList } from '../LongList'
import { halvesOf, type Wanted } from '../model/kinds'
import { percent, placeOf } from '../model/words'
import classes from '../plan-import.module.css'

function Row({ finding }: { finding: BatchFinding }) {
  const place = placeOf(finding)
  return (
    <div className={classes.finding} data-mended={finding.mended || undefined}>
      <span className={classes.place}><span className="dim">{finding.file}</span>{place !== '' && <b className="num"> {place}</b>}</span>
      <span>
        {finding.message}{finding.suggestion !== null && <> {finding.suggestion}</>}
        {finding.repair !== null && <span className={classes.repair}>{finding.mended ? 'Repaired: ' : 'Repair: '}{finding.repair}</span>}
      </span>
      <span className="dim num">{finding.confidence !== null && <span title="How sure the repair is">{percent(finding.confidence)} sure</span>}</span>
    </div>
  )
}

/** The findings of one kind; of links that cannot stand, those alone that get another one, or get none. */
export function FindingRows({ id, kind, label }: { id: string; kind: FindingKind; label: string }) {
  const [wanted, setWanted] = useState<Wanted>('all')
  const halves = halvesOf(kind)
  const shown = halves === null ? 'all' : wanted
  return (
    <>
      {halves !== null && <SegmentedControl size="xs" aria-label="Which of these" value={shown} onChange={(value) => setWanted(value)} data={halves} />}
      <Rows key={shown} id={id} code={kind.code} label={label} replaced={shown === 'all' ? undefined : shown === 'replaced'} />
    </>
  )
}

/** Row by row; fetched as one scrolls. */
function Rows({ id, code, label, replaced }: { id: string; code: string; label: string; replaced: boolean | undefined }) {
  const found = useInfiniteQuery(importFindingsQuery(id, code, replaced))
  if (found.isError && !found.data) return <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <LoadingRows rows={3} label="Loading the findings" />
  const rows = found.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <p className={classes.lead}>There are none any more.</p>
  return (
    <LongList
      label={label} rows={rows} idOf={({ n }) => String(n)} height={44} render={(finding) => <Row finding={finding} />}
      onEnd={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined}
    />
  )
}
