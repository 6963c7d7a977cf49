import { useMediaQuery } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { IterationSchedule } from '../../api/schedule'
import { useWhyOffline } from '../../api/live/context'
import { Dialog } from '../../ui/Dialog'
import { useZone } from '../../ui/zone'
import { Acts } from './Acts'
import { ChapterFields } from './ChapterFields'
import { ChapterList } from './ChapterList'
import { Chart } from './Chart'
import { Conflicts } from './Conflicts'
import { useDraft } from './drafts'
import { changed, chaptersOf, type Row, rowOf, type Times } from './model'
import classes from './planner.module.css'
import { SaveBar } from './SaveBar'
import { type ToolAct, Toolbar } from './Toolbar'
import { usePreview, useScheduleCommand } from './useSchedule'

/** The schedule of an iteration's chapters, to look at and to plan. */
export function Planner({ iterationId, schedule }: { iterationId: string; schedule: IterationSchedule }) {
  const { zone } = useZone()
  const narrow = useMediaQuery('(max-width: 720px)', window.innerWidth <= 720)
  const [draft, setDraft] = useDraft(iterationId)
  const [zoom, setZoom] = useState(1)
  const [act, setAct] = useState<ToolAct | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const { shown, problem, reckoning } = usePreview(iterationId, schedule, draft)
  const command = useScheduleCommand(iterationId, schedule, (done) => {
    if (done.act === 'save') setDraft(() => new Map())
    setAct(null)
  })
  const offline = useWhyOffline()
  const mayType = schedule.allowedActions.includes('type') && offline === null
  const saved = new Map(chaptersOf(schedule.macroPhases).map((one) => [one.code, one]))
  const type = (row: Row, times: Times | null) => {
    const before = saved.get(row.chapter.code)
    if (before) setDraft((now) => changed(now, before, times))
  }
  const go = (code: string) => {
    if (narrow) document.getElementById(`chapter-${code}`)?.scrollIntoView({ block: 'center' })
    else document.querySelector<SVGElement>(`[data-chapter-bar="${CSS.escape(code)}"]`)?.focus()
  }
  const opened = chaptersOf(shown.macroPhases).find((one) => one.code === open && one.steps > 0)
  const why = offline ?? (mayType ? null : schedule.whyNot)
  const refused = act === null && command.error ? asProblem(command.error) : null
  const view = { schedule: shown, draft, zone, onType: mayType ? type : null }
  return (
    <div className={classes.planner}>
      <div className={classes.top}>
        <Toolbar schedule={schedule} unsaved={draft.size > 0} zoom={narrow ? null : zoom} onZoom={setZoom} onAct={(next) => {
          command.reset()
          setAct(next)
        }} />
        {why !== null && <p className={classes.why} data-testid="planner-read-only"><IconLock size={15} aria-hidden /> {why}</p>}
        <Conflicts conflicts={shown.conflicts} wouldBe={draft.size > 0} onGo={go} />
      </div>
      {narrow
        ? <ChapterList {...view} open={open} onOpen={setOpen} />
        : <Chart {...view} zoom={zoom} onOpen={mayType ? setOpen : () => undefined} />}
      <SaveBar
        draft={draft} problem={refused ?? problem} reckoning={reckoning} pending={command.isPending}
        onSave={() => command.mutate({ act: 'save', draft })} onDiscard={() => {
          command.reset()
          setDraft(() => new Map())
        }}
      />
      {act !== null && <Acts act={act} schedule={schedule} zone={zone} command={command} onClose={() => setAct(null)} />}
      {!narrow && mayType && opened && (
        <Dialog title={`Times of ${opened.code} ${opened.name}`} onClose={() => setOpen(null)}>
          <ChapterFields
            row={rowOf(opened, draft)} zone={zone} first={Date.parse(schedule.planned.start)} onCancel={() => setOpen(null)}
            onDone={(times) => {
              type(rowOf(opened, draft), times)
              setOpen(null)
            }}
          />
        </Dialog>
      )}
    </div>
  )
}
