import { ActionIcon, Select } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import type { Board, StepRow } from '../../api/types'
import { NumberField } from '../../ui/NumberField'
import { ZonedTimeField } from '../../ui/ZonedTimeField'
import { canShare, factorRules, type Line, minuteRules } from './lines'
import { StepPick } from './StepPick'
import classes from './what-if.module.css'
import { choices, modelWords } from './words'

interface Props {
  board: Board
  line: Line
  /** Its place among the lines, from 1: fields are called by it. */
  number: number
  row: StepRow | undefined
  /** What it still lacks, or why the server refused it. */
  refusal: { text: string; hint: string | null } | null
  lacking: string | null
  focus: boolean
  onChange: (change: Partial<Line>) => void
  /** Null for the only one. */
  onRemove: (() => void) | null
}

function Amount({ line, number, onChange }: Pick<Props, 'line' | 'number' | 'onChange'>) {
  if (line.what === 'late') {
    return (
      <NumberField
        key="late" className={classes.amount ?? ''} aria-label={`Line ${number}: minutes longer`} unit="min" step={5} rules={minuteRules}
        value={line.minutes} onChange={(minutes) => onChange({ minutes })}
      />
    )
  }
  if (line.what === 'share') {
    return (
      <NumberField
        key="share" className={classes.amount ?? ''} aria-label={`Line ${number}: times as long`} unit="×" step={0.05} rules={factorRules}
        value={line.factor} onChange={(factor) => onChange({ factor })}
      />
    )
  }
  return null
}

/** One thing that is supposed: of which step, what, how much; with its model, or what is wrong with it, beneath. */
export function LineFields({ board, line, number, row, refusal, lacking, focus, onChange, onRemove }: Props) {
  const window = line.what === 'window'
  return (
    <li className={classes.line} data-testid="supposition" data-what={line.what} data-refused={refusal !== null || undefined}>
      <div className={classes.fields}>
        {!window && <StepPick steps={line.what === 'share' ? board.steps.filter(canShare) : board.steps} value={line.code} label={`Line ${number}: step`} error={refusal !== null} focus={focus && line.code === null} onChange={(code) => onChange({ code })} />}
        <Select
          size="sm" className={classes.what ?? ''} aria-label={`Line ${number}: what is supposed`} data={choices.filter(({ value }) => value !== 'share' || row === undefined || canShare(row))} value={line.what} allowDeselect={false} data-autofocus={(focus && line.code !== null) || undefined}
          onChange={(what) => { if (what !== null) onChange({ what }) }}
        />
        <Amount line={line} number={number} onChange={onChange} />
        {onRemove && <ActionIcon className={classes.remove ?? ''} variant="subtle" color="gray" size={34} aria-label={`Remove line ${number}`} onClick={onRemove}><IconX size={16} /></ActionIcon>}
      </div>
      {window && <ZonedTimeField label="The window would end" value={line.windowEnd} zone={line.zone} required onChange={(windowEnd) => onChange({ windowEnd })} />}
      {refusal !== null
        ? <p className={classes.refused} role="alert"><IconAlertTriangle size={14} aria-hidden /> {refusal.text}{refusal.hint !== null && <span className="dim"> {refusal.hint}</span>}</p>
        : lacking !== null ? (!window && <p className={classes.note}>{lacking}</p>) : <p className={classes.note}>{modelWords(line, row)}</p>}
    </li>
  )
}
