import { useMediaQuery } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { IterationSchedule } from '../../api/schedule'
import { useWhyOffline } from '../../api/live/context'
import type { Blackout } from '../../lib/blackouts'
import { Dialog } from '../../ui/Dialog'
import { useZone } from '../../ui/zone'
import { Acts } from './Acts'
import { ChapterFields } from './ChapterFields'
import { ChapterList } from './ChapterList'
import { Chart } from './Chart'
import { Conflicts, type StepConflicts } from './Conflicts'
import { useDraft } from './drafts'
import { changed, chaptersOf, decided, overtaken, type Row, rowOf, type Times } from './model'
import { Overtaken } from './Overtaken'
import classes from './planner.module.css'
import { SaveBar } from './SaveBar'
import { type ToolAct, Toolbar } from './Toolbar'
import { usePreview, useScheduleCommand } from './useSchedule'

interface Props {
  iterationId: string
  schedule: IterationSchedule
  blackouts: readonly Blackout[]
  /** What the forecast cannot keep of single steps; null: it is not known. */
  steps: StepConflicts
  /** The way to the window and its blackouts. */
  terms: ReactNode
}

/** The schedule of an iteration's chapters, to look at and to plan. */
export function Planner({ iterationId, schedule, blackouts, steps, terms }: Props) {
  const { zone } = useZone()
  const narrow = useMediaQuery('(max-width: 720px)', window.innerWidth <= 720)
  const [draft, setDraft] = useDraft(iterationId)
  const [zoom, setZoom] = useState(1)
  const [act, setAct] = useState<ToolAct | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const { shown, problem, reckoning } = usePreview(iterationId, schedule, draft)
  const command = useScheduleCommand(iterationId, schedule, zone, (done) => {
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
  const others = overtaken(draft, schedule)
  // Who changed it is said beside its buttons: the refusal would say it once more.
  const trouble = refused?.code === 'chapter_changed' && others.length > 0 ? null : refused
  const view = { schedule: shown, draft, zone, blackouts, onType: mayType ? type : null }
  return (
    <div className={classes.planner}>
      <div className={classes.top}>
        <Toolbar schedule={schedule} unsaved={draft.size > 0} zoom={narrow ? null : zoom} onZoom={setZoom} onAct={(next) => {
          command.reset()
          setAct(next)
        }}>{terms}</Toolbar>
        {why !== null && <p className={classes.why} data-testid="planner-read-only"><IconLock size={15} aria-hidden /> {why}</p>}
        <Conflicts conflicts={shown.conflicts} steps={steps} wouldBe={draft.size > 0} onGo={go} />
      </div>
      {narrow
        ? <ChapterList {...view} open={open} onOpen={setOpen} />
        : <Chart {...view} zoom={zoom} onOpen={mayType ? setOpen : () => undefined} />}
      <SaveBar
        draft={draft} undecided={others.length} problem={trouble ?? (others.length > 0 ? null : problem)} reckoning={reckoning} pending={command.isPending}
        overtaken={<Overtaken chapters={others} schedule={schedule} draft={draft} zone={zone} onDecide={(chapter, whose) => {
          command.reset()
          setDraft((now) => decided(now, chapter, whose))
        }} />}
        onSave={() => command.mutate({ act: 'save', draft })} onDiscard={() => {
          command.reset()
          setDraft(() => new Map())
        }}
      />
      {act !== null && <Acts iterationId={iterationId} act={act} schedule={schedule} zone={zone} command={command} onClose={() => setAct(null)} />}
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
