import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Edit, PlanLink } from '../../../api/plan'
import type { LinkKind } from '../../../api/types'
import { useEditor } from '../context'
import { durationText, secondsOf } from '../model/durations'
import { linkKinds, linkKindWords, linkNote } from '../model/links'
import { levelWord } from '../model/tree'
import { AddLink } from './AddLink'
import classes from './panel.module.css'
import { Part } from './Part'

/** `to` waits for `link.code`; `shown` is the end of it that is another thing than the one in the panel. */
interface Tie { to: string; link: PlanLink; shown: string }

function Lag({ tie, onSet }: { tie: Tie; onSet: (seconds: number, seen: number) => void }) {
  const [typed, setTyped] = useState<{ text: string; seen: number } | null>(null)
  const seconds = typed === null ? tie.link.lagSeconds : typed.text.trim() === '' ? 0 : secondsOf(typed.text)
  const save = () => {
    if (seconds === null || typed === null) return
    setTyped(null)
    if (seconds !== typed.seen) onSet(seconds, typed.seen)
  }
  return (
    <TextInput
      size="xs" className={classes.lag ?? ''} aria-label={`Lag of ${tie.link.code} before ${tie.to}`} placeholder="lag" error={seconds === null}
      value={typed?.text ?? (tie.link.lagSeconds === 0 ? '' : durationText(tie.link.lagSeconds))}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped((before) => ({ text, seen: before?.seen ?? tie.link.lagSeconds }))
      }}
      onBlur={save} onKeyDown={(event) => { if (event.key === 'Enter') save(); if (event.key === 'Escape') setTyped(null) }}
    />
  )
}

function LinkLine({ tie }: { tie: Tie }) {
  const { index, mayEdit, open, send } = useEditor()
  const { to, link, shown } = tie
  const place = index.places.get(shown)
  const spot = { level: index.places.get(to)?.level ?? 'step', code: to, field: 'after' } as const
  const unlink: Edit = { op: 'unlink', to, link: { code: link.code, kind: link.kind } }
  const change = (edits: Edit[]) => send({ edits, spot, to: null })
  return (
    <li className={classes.link} data-link={shown}>
      <button type="button" className={classes.target} onClick={() => open(shown)} title={`${shown} ${place?.item.name ?? ''}`}>
        <b className="num">{shown}</b> <span>{place?.item.name ?? 'not in this plan'}</span>
        {place && place.level !== 'step' && <small className="dim">{levelWord[place.level]}</small>}
      </button>
      {!mayEdit && <span className="dim num">{linkNote(link)}</span>}
      {mayEdit && <>
        <select
          className={classes.select} aria-label={`Kind of link ${link.code} before ${to}`} title={linkKindWords[link.kind]} value={link.kind}
          onChange={(event) => change([unlink, { op: 'link', to, link: { ...link, kind: event.currentTarget.value as LinkKind } }])}
        >
          {linkKinds.map((kind) => <option key={kind} value={kind} title={linkKindWords[kind]}>{kind}</option>)}
        </select>
        <Lag tie={tie} onSet={(lagSeconds, wasLagSeconds) => change([{ op: 'link', to, link: { ...link, lagSeconds }, wasLagSeconds }])} />
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove the link ${link.code} before ${to}`} onClick={() => change([unlink])}><IconX size={14} /></ActionIcon>
      </>}
    </li>
  )
}

function Ties({ title, none, ties, code, side }: { title: string; none: string; ties: Tie[]; code: string; side: 'before' | 'behind' }) {
  const { mayEdit } = useEditor()
  const [all, setAll] = useState(false)
  const shown = all ? ties : ties.slice(0, 12)
  return (
    <Part title={`${title} · ${ties.length}`}>
      {ties.length === 0 && <p className={classes.note}>{none}</p>}
      <ul className={classes.links}>{shown.map((tie) => <LinkLine key={`${tie.to} ${tie.link.code} ${tie.link.kind}`} tie={tie} />)}</ul>
      {ties.length > shown.length && <button type="button" className={classes.more} onClick={() => setAll(true)}>Show all {ties.length}</button>}
      {mayEdit && <AddLink code={code} side={side} />}
    </Part>
  )
}

/** What a thing waits for and what waits for it, each with its kind and lag. */
export function LinkList({ code, after }: { code: string; after: readonly PlanLink[] }) {
  const { index } = useEditor()
  const next = index.next.get(code) ?? []
  return (
    <>
      <Ties title="Waits for" none="Nothing: it can start with the plan." code={code} side="before" ties={after.map((link) => ({ to: code, link, shown: link.code }))} />
      <Ties title="What waits for it" none="Nothing waits for it." code={code} side="behind" ties={next.map((link) => ({ to: link.code, link: { ...link, code }, shown: link.code }))} />
    </>
  )
}
