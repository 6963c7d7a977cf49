import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LinkKind } from '../../../api/types'
import { useEditor } from '../context'
import { secondsOf } from '../model/durations'
import { linkKinds, linkKindWords } from '../model/links'
import { CodeInput } from './CodeInput'
import classes from './panel.module.css'

/** One more link, by typing a code: of what comes before this, or of what is to wait for it. */
export function AddLink({ code, side }: { code: string; side: 'before' | 'behind' }) {
  const { index, send } = useEditor()
  const [other, setOther] = useState('')
  const [kind, setKind] = useState<LinkKind>('FS')
  const [lag, setLag] = useState('')
  const seconds = lag.trim() === '' ? 0 : secondsOf(lag)
  const [asked, setAsked] = useState(false)
  const known = index.places.has(other.trim())
  const add = () => {
    setAsked(other.trim() !== '')
    if (!known || seconds === null) return
    const [to, from] = side === 'before' ? [code, other.trim()] : [other.trim(), code]
    send({
      edits: [{ op: 'link', to, link: { code: from, kind, lagSeconds: seconds } }], spot: { level: index.places.get(to)?.level ?? 'step', code: to, field: 'after' }, to: null,
      // What was refused is there again, to be mended.
      onRefused: () => {
        setOther(other)
        setKind(kind)
        setLag(lag)
        return false
      },
    })
    setAsked(false)
    setOther('')
    setKind('FS')
    setLag('')
  }
  const words = side === 'before' ? 'What it waits for' : 'What is to wait for it'
  return (
    <div className={classes.addLink}>
      <CodeInput label={words} but={code} value={other} onEnter={add} error={asked && !known ? `Nothing in this plan has the code “${other.trim()}”.` : null}
        onChange={(code) => {
          setOther(code)
          setAsked(false)
        }}
      />
      <select className={classes.select} aria-label={`${words}: kind of link`} value={kind} title={linkKindWords[kind]} onChange={(event) => setKind(event.currentTarget.value as LinkKind)}>
        {linkKinds.map((one) => <option key={one} value={one} title={linkKindWords[one]}>{one}</option>)}
      </select>
      <TextInput size="xs" className={classes.lag ?? ''} aria-label={`${words}: lag`} placeholder="lag" value={lag} error={seconds === null} onChange={(event) => setLag(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Enter' && add()} />
      <Button variant="default" disabled={other.trim() === '' || seconds === null} onClick={add}>Add</Button>
    </div>
  )
}
