import { Button, FileButton, Progress, Textarea } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { type Aim, useAddEvidence } from '../../api/controls'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { kindOf, sizeWords, whyNotSent } from './words'
import classes from './evidence.module.css'

interface Sending {
  name: string
  size: number
  share: number
}

/** A text, a link, or a file by picker or drop. What was typed stays until the server has it. */
export function AddEvidence({ aim }: { aim: Aim }) {
  const [words, setWords] = useState('')
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<Sending | null>(null)
  const add = useAddEvidence(aim)
  const offline = useWhyOffline()
  const off = offline !== null || add.isPending
  const addWords = () => {
    if (words.trim() !== '' && !off) add.mutate({ kind: kindOf(words), words: words.trim() }, { onSuccess: () => setWords('') })
  }
  const addFile = (file: File | null | undefined) => {
    if (!file || off) return
    const why = whyNotSent(file)
    if (why !== null) { say(why, 'orange'); return }
    setSending({ name: file.name, size: file.size, share: 0 })
    const onShare = (share: number) => setSending({ name: file.name, size: file.size, share })
    add.mutate(
      { kind: 'file', file, words: kindOf(words) === 'text' ? words.trim() : '', onShare },
      { onSuccess: () => setWords(''), onSettled: () => setSending(null) },
    )
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    addFile(event.dataTransfer.files[0])
  }
  return (
    <div
      className={classes.add} data-over={over || undefined} onDrop={drop}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
    >
      {add.isError && <ProblemNotice problem={asProblem(add.error)} onClose={() => add.reset()} />}
      <Textarea
        aria-label="Text or link that shows it" placeholder="Text or link that shows it; a file can be dropped here" size="xs" autosize minRows={1} maxRows={8}
        maxLength={4000} value={words} onChange={(event) => setWords(event.currentTarget.value)} disabled={offline !== null}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) addWords() }}
      />
      <div className={classes.addButtons}>
        <FileButton onChange={addFile} disabled={off}>
          {(props) => <Button {...props} size="compact-xs" variant="default" leftSection={<IconPaperclip size={13} aria-hidden />} disabled={off}>File</Button>}
        </FileButton>
        <Button size="compact-xs" onClick={addWords} disabled={off || words.trim() === ''} loading={add.isPending && sending === null}>
          {kindOf(words) === 'link' ? 'Add link' : 'Add text'}
        </Button>
      </div>
      {sending && (
        <div role="status" className={classes.sending}>
          <small className="num">{sending.share < 1 ? `Sending ${sending.name}, ${sizeWords(sending.size)}` : `Being looked at: ${sending.name}`}</small>
          <Progress value={sending.share * 100} size="sm" aria-label={`Sending ${sending.name}`} />
        </div>
      )}
    </div>
  )
}
