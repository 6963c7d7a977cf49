import { ActionIcon, Anchor, CopyButton, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconLink, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asProblem } from '../../../api/problem'
import { stepQuery } from '../../../api/queries'
import type { Board, StepAction, StepDetail, StepRow } from '../../../api/types'
import { EmptyState, ErrorState, LoadingRows, Notice } from '../../../ui/states'
import { StateMark } from '../../../ui/StateMark'
import { useNow } from '../../../ui/useNow'
import { useZone } from '../../../ui/zone'
import { setNotice, useNotice } from '../pending'
import type { PressHow } from '../useStepControls'
import { rowOf, stateWordOf } from '../words'
import { ActionButtons } from './ActionButtons'
import { attemptWords } from './attempts'
import { DecisionBox, SignatureBoxes } from './DecisionBox'
import { HeldRun } from './HeldRun'
import { Instructions } from './Instructions'
import { Section } from './Section'
import { StepFacts } from './StepFacts'
import { StepHistory, StepMessages } from './StepHistory'
import { StepLinks } from './StepLinks'
import { StepTimes } from './StepTimes'
import { TaskList } from './TaskList'
import { WhyNotReady } from './WhyNotReady'
import classes from './panel.module.css'

interface Props {
  board: Board
  code: string
  onPress: (row: StepRow, action: StepAction, how?: PressHow) => void
  onOpen: (code: string) => void
  onClose: () => void
  /** What was shown for the step, and a way to show more. */
  evidence?: ((detail: StepDetail) => ReactNode) | undefined
  /** What other parts of the page put beside its buttons. */
  beside?: ((detail: StepDetail) => ReactNode) | undefined
  /** What other parts of the page add to a step. */
  more?: ((detail: StepDetail) => ReactNode) | undefined
}

/** The board hears of changes first: of equal or older detail, what the row says counts; but only the detail says it in words. */
const fresher = (detail: StepDetail, row: StepRow): StepDetail =>
  row.version >= detail.version ? { ...detail, ...row, blockedBy: row.blockedBy.length > 0 ? detail.blockedBy : [] } : detail

function Head({ row, board, history, onClose }: { row: StepRow; board: Board; history: StepDetail['history']; onClose: () => void }) {
  const { zone } = useZone()
  const attempt = attemptWords(row, history, useNow(60_000), zone)
  const chapter = board.chapters.find(({ id }) => id === row.chapterId)
  return (
    <div className={classes.head}>
      <div className={classes.headLine}>
        <Text span className="num" fw={600} c="dimmed" size="sm" style={{ whiteSpace: 'nowrap' }}>{row.code}</Text>
        <Text span size="xs" c="dimmed" truncate>{chapter ? `${chapter.code} ${chapter.name}` : ''}</Text>
        <span style={{ flex: 1 }} />
        <CopyButton value={window.location.href}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy the link to this step'}>
              <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label="Copy the link to this step">
                {copied ? <IconCheck size={15} /> : <IconLink size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={onClose} aria-label="Close the step" data-autofocus><IconX size={16} /></ActionIcon>
      </div>
      <h2 className={classes.title}>{row.name}</h2>
      <div className={`${classes.headLine} ${classes.states}`}>
        <StateMark state={row.state} word={stateWordOf(row)} />
        {attempt !== '' && <Text span size="xs" c="dimmed" className="num">{attempt}</Text>}
        {row.pointOfNoReturn && <span className={classes.ponr}>Point of no return</span>}
        {row.overrideBy !== null && <span className={classes.ponr} title={row.overrideReason ?? undefined}>Started by override</span>}
        {row.reason !== null && <Text span size="xs" c="dimmed" title={row.reason} lineClamp={2}>{row.reason}</Text>}
      </div>
    </div>
  )
}

function Body({ board, detail, onPress, onOpen, beside, more, evidence }: { board: Board; detail: StepDetail } & Pick<Props, 'onPress' | 'onOpen' | 'beside' | 'more' | 'evidence'>) {
  return (
    <>
      <WhyNotReady detail={detail} onOpen={onOpen} />
      <HeldRun board={board} row={detail} />
      <div className={classes.acts}><ActionButtons row={detail} signatures={detail.signatures} onPress={onPress} />{beside?.(detail)}</div>
      <SignatureBoxes iterationId={board.iteration.id} row={detail} signatures={detail.signatures} />
      {detail.decision && <DecisionBox iterationId={board.iteration.id} row={detail} decision={detail.decision} />}
      <StepFacts detail={detail} />
      {detail.tasks.length > 0 && (
        <Section title={`Tasks · ${detail.tasksDone} of ${detail.tasksTotal}`}>
          <TaskList iterationId={board.iteration.id} row={detail} tasks={detail.tasks} />
        </Section>
      )}
      {evidence && <Section title={detail.evidenceRequired ? 'Evidence · asked for' : 'Evidence'}>{evidence(detail)}</Section>}
      <Instructions text={detail.instructions} />
      <Section title="Times"><StepTimes iterationId={board.iteration.id} detail={detail} begun={board.iteration.startedAt !== null} /></Section>
      <StepLinks detail={detail} onOpen={onOpen} />
      {more?.(detail)}
      <StepMessages messages={detail.messages} />
      <StepHistory history={detail.history} />
    </>
  )
}

/** Everything about one step, beside the runsheet. */
export function StepPanel({ board, code, onPress, onOpen, onClose, beside, more, evidence }: Props) {
  const row = rowOf(board, code)
  const query = useQuery({ ...stepQuery(board.iteration.id, code), enabled: row !== undefined })
  const notice = useNotice(row?.id ?? '')
  if (!row) {
    return (
      <section className={classes.panel} aria-label="Step">
        <EmptyState title={`There is no step ${code}`} action={<Anchor component="button" onClick={onClose}>Close</Anchor>}>
          {board.iteration.name} has no step of that code. It may be in another iteration.
        </EmptyState>
      </section>
    )
  }
  return (
    <section className={classes.panel} aria-label={`Step ${row.code}`} data-panel={row.code}>
      <Head row={row} board={board} history={query.data?.history ?? []} onClose={onClose} />
      <div className={classes.body}>
        {notice && (
          <Notice title={notice.title} onClose={() => setNotice(row.id, null)} color={notice.status === 409 ? 'orange' : 'red'}>
            <Text size="sm">{notice.detail}</Text>
            {notice.hint !== null && <Text size="sm" c="dimmed">{notice.hint}</Text>}
          </Notice>
        )}
        {query.data && <Body board={board} detail={fresher(query.data, row)} onPress={onPress} onOpen={onOpen} beside={beside} more={more} evidence={evidence} />}
        {query.isPending && <LoadingRows rows={9} label={`Loading ${row.code}`} />}
        {query.isError && !query.data && <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      </div>
    </section>
  )
}
