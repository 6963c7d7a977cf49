import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { planDiffQuery, type VersionDiff } from '../../api/plan'
import { asProblem } from '../../api/problem'
import type { PlanVersion } from '../../api/types'
import { paths, type PlansSearch } from '../../lib/paths'
import { ErrorState, LoadingRows } from '../../ui/states'
import { chosen, type DiffItem, fieldWords, kindWord } from './compare'
import { EffectOnSchedule } from './EffectOnSchedule'
import classes from './plans.module.css'

const signs = {
  added: { sign: '+', word: 'Added', color: 'var(--t-green)' },
  changed: { sign: '±', word: 'Changed', color: 'var(--t-blue)' },
  removed: { sign: '−', word: 'Removed', color: 'var(--t-red)' },
} as const
const shownFirst = 100

interface Props {
  migrationKey: string
  versions: readonly PlanVersion[]
  search: PlansSearch
  onSearch: (search: PlansSearch) => void
  /** What a field is called. */
  word: (field: string) => string
}

function Item({ item, to, word }: { item: DiffItem; to: string | null; word: Props['word'] }) {
  const { sign, word: how, color } = signs[item.change]
  return (
    <li data-diff={item.code}>
      <span style={{ color }} className={classes.sign}><b aria-hidden>{sign}</b> {how}</span>
      <span><span className="dim">{kindWord(item.kind)}</span> {to === null ? <b className="num">{item.code}</b> : <Link to={to} className="num">{item.code}</Link>}</span>
      <span className="dim">{fieldWords(item, word)}</span>
    </li>
  )
}

/** Where a thing is shown: removed ones in the version before, all else in the one after. */
function placeOf({ migrationKey, search }: Props, { kind, code, change }: DiffItem): string | null {
  const id = change === 'removed' ? search.base : search.with
  if (id === undefined || !['macroPhase', 'chapter', 'step'].includes(kind)) return null
  return paths.planVersion(migrationKey, id, { item: code })
}

function Found({ diff, ...props }: Props & { diff: VersionDiff }) {
  const [change, setChange] = useState<DiffItem['change'] | 'all'>('all')
  const [text, setText] = useState('')
  const [most, setMost] = useState(shownFirst)
  if (diff.items.length === 0) return <p className={classes.lead} role="status">These two versions say the same.</p>
  const items = chosen(diff.items, change === 'all' ? null : change, text)
  return (
    <>
      <div className={classes.narrow}>
        <SegmentedControl
          size="xs" aria-label="Which differences" value={change} onChange={(value) => setChange(value)}
          data={[{ value: 'all', label: `All ${diff.items.length}` }, ...(['added', 'changed', 'removed'] as const).map((one) => ({ value: one, label: `${signs[one].word} ${diff[one]}` }))]}
        />
        <TextInput
          size="xs" placeholder="Code or kind" aria-label="Narrow the differences" leftSection={<IconSearch size={14} />} value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="dim"><b className="num">{diff.unchanged.toLocaleString('en')}</b> unchanged</span>
      </div>
      <ul className={classes.diff} aria-label="Differences">
        {items.slice(0, most).map((item) => <Item key={`${item.kind} ${item.code}`} item={item} to={placeOf(props, item)} word={props.word} />)}
      </ul>
      {items.length === 0 && <p className={classes.lead}>No difference is called that.</p>}
      {items.length > most && <Button variant="subtle" px={0} onClick={() => setMost(items.length)}>Show all {items.length.toLocaleString('en')}</Button>}
    </>
  )
}

function Difference(props: Props & { base: string; other: string }) {
  const diff = useQuery(planDiffQuery(props.other, props.base))
  if (diff.data) return <Found key={`${props.base} ${props.other}`} {...props} diff={diff.data} />
  if (diff.isError) return <ErrorState problem={asProblem(diff.error)} onRetry={() => void diff.refetch()} />
  return <LoadingRows rows={4} label="Comparing" />
}

/** Brings what was asked for into sight, where it begins below or above what is seen. */
function useInSight(asked: string | null) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    const page = place.current?.closest('main')
    const top = place.current?.getBoundingClientRect().top ?? 0
    // By hand: `scrollIntoView` would push the bar at the top out of sight where the page ends too soon.
    if (asked !== null && page && (top < 0 || top > window.innerHeight * 0.6)) page.scrollTop += top - page.getBoundingClientRect().top - 12
  }, [asked])
  return place
}

/** Two versions of a plan held against each other, thing by thing; which two stands in the address. */
export function CompareVersions(props: Props) {
  const { versions, search, onSearch } = props
  const choices = versions.map(({ id, number, status }) => ({ value: id, label: `v${number} · ${status}` }))
  const { base, with: other } = search
  const place = useInSight(base !== undefined && other !== undefined ? `${base} ${other}` : null)
  return (
    <section ref={place} className={classes.compare} aria-label="Compare versions">
      <h3>Compare</h3>
      <div className={classes.narrow}>
        <Select size="xs" w={170} aria-label="From version" placeholder="From version" allowDeselect={false} data={choices} value={base ?? null} onChange={(id) => onSearch({ ...search, ...(id ? { base: id } : {}) })} />
        <IconArrowRight size={16} aria-hidden className="dim" />
        <Select size="xs" w={170} aria-label="To version" placeholder="To version" allowDeselect={false} data={choices} value={other ?? null} onChange={(id) => onSearch({ ...search, ...(id ? { with: id } : {}) })} />
        {(base !== undefined || other !== undefined) && <Button variant="subtle" px={8} onClick={() => onSearch({})}>Close</Button>}
      </div>
      {base !== undefined && other !== undefined && (base === other
        ? <p className={classes.lead}>Choose two different versions.</p>
        : <><EffectOnSchedule id={other} base={base} /><Difference {...props} base={base} other={other} /></>)}
    </section>
  )
}
