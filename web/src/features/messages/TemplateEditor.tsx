import { Button, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { templateQuery } from '../../api/messages'
import { asProblem } from '../../api/problem'
import type { TemplateHistory } from '../../api/types'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { ErrorState, LoadingRows, Notice } from '../../ui/states'
import { type Sample, TemplatePreview } from './TemplatePreview'
import { TemplateVersions } from './TemplateVersions'
import { useSaveTemplate, type Words } from './useTemplate'
import classes from './messages.module.css'

function WordList({ words }: { words: TemplateHistory['template']['words'] }) {
  return (
    <details>
      <summary>Words it may use ({words.length})</summary>
      <dl className={classes.wordList}>
        {words.map(({ name, meaning, example }) => [
          <dt key={name}>{Array.isArray(example) ? `{% for one in ${name} %}` : `{{ ${name} }}`}</dt>,
          <dd key={`${name} is`}>{meaning}</dd>,
        ])}
      </dl>
      <Text size="xs" c="dimmed" mt={6}>{'{% if note %} … {% else %} … {% endif %} shows a part only where there is something to show.'}</Text>
    </details>
  )
}

const wordsOf = ({ subject, body }: Words): Words => ({ subject, body })

function Form({ migrationId, history, samples }: { migrationId: string; history: TemplateHistory; samples: readonly Sample[] }) {
  const { template, versions } = history
  const { occasion, faulty, used, newest } = template
  const [typed, setTyped] = useState<Words | null>(null)
  const [seen, setSeen] = useState(newest)
  const [place, setPlace] = useState({ iterationId: '', stepCode: '' })
  const whyOff = useWhyOffline()
  const save = useSaveTemplate(migrationId, occasion, (saved) => { setTyped(null); setSeen(saved.template.newest) })
  const words = typed ?? wordsOf(faulty ?? used)
  // What was begun on an older version is saved against that one, and refused: nobody's words are lost unseen.
  const edit = (change: Partial<Words>) => {
    if (typed === null) setSeen(newest)
    setTyped({ ...words, ...change })
  }
  const missing = words.subject.trim() === ''
  return (
    <div className={classes.editor}>
      <div>
        {faulty && typed === null && (
          <Notice color="red" title={`Version ${faulty.number} has an error${faulty.errorLine === null ? '' : ` in line ${faulty.errorLine}`}`}>
            <Text size="sm">{faulty.error} {used.number === 0 ? 'The built-in words are used' : `Version ${used.number} is used`} until it is mended.</Text>
          </Notice>
        )}
        <TextInput label="Subject" size="sm" maxLength={300} value={words.subject} readOnly={!template.mayEdit} onChange={(event) => edit({ subject: event.currentTarget.value })} classNames={{ input: classes.words ?? '' }} />
        <Textarea label="Message" size="sm" autosize minRows={12} maxRows={28} maxLength={20_000} value={words.body} readOnly={!template.mayEdit} onChange={(event) => edit({ body: event.currentTarget.value })} classNames={{ input: classes.words ?? '' }} spellCheck={false} />
        {save.error && <ProblemNotice problem={asProblem(save.error)} onClose={save.reset} />}
        {template.mayEdit ? (
          <Group gap="xs" justify="flex-end">
            {typed !== null && <Button size="sm" variant="default" onClick={() => { setTyped(null); save.reset() }}>Discard</Button>}
            <Button
              size="sm" disabled={typed === null || missing || whyOff !== null} loading={save.isPending} {...(whyOff === null ? {} : { title: whyOff })}
              onClick={() => save.mutate({ words, seen })}
            >
              Save as version {newest + 1}
            </Button>
          </Group>
        ) : <Text size="sm" c="dimmed">Pilots of this migration write its messages.</Text>}
        <WordList words={template.words} />
        <TemplateVersions versions={versions} onTake={template.mayEdit ? (version) => edit(wordsOf(version)) : null} />
      </div>
      <TemplatePreview migrationId={migrationId} occasion={occasion} words={words} place={place} samples={samples} onPlace={setPlace} />
    </div>
  )
}

/** One occasion's words, beside the message they make. */
export function TemplateEditor({ migrationId, occasion, samples }: { migrationId: string; occasion: string; samples: readonly Sample[] }) {
  const query = useQuery(templateQuery(migrationId, occasion))
  if (query.isPending) return <LoadingRows rows={8} label="Loading the template" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return <Form migrationId={migrationId} history={query.data} samples={samples} />
}
