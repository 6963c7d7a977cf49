import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { asProblem } from '../../api/problem'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { Notice } from '../../ui/states'
import { type Place, usePreview, type Words } from './useTemplate'
import classes from './messages.module.css'

/** What of a migration a preview can be filled with. */
export interface Sample {
  id: string
  name: string
}

function PlaceChoice({ place, samples, onPlace }: { place: Place; samples: readonly Sample[]; onPlace: (place: Place) => void }) {
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <NativeSelect
        label="Filled with" size="xs" value={place.iterationId} onChange={(event) => onPlace({ ...place, iterationId: event.currentTarget.value })}
        data={[{ value: '', label: 'Examples' }, ...samples.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {place.iterationId !== '' && (
        <TextInput label="Step" size="xs" placeholder="Code, such as TRT-1010" maxLength={60} value={place.stepCode} onChange={(event) => onPlace({ ...place, stepCode: event.currentTarget.value })} />
      )}
    </Group>
  )
}

/** The message that the words in the editor make, while they are typed; or the error with its line. */
export function TemplatePreview({ migrationId, occasion, words, place, samples, onPlace }: {
  migrationId: string
  occasion: string
  words: Words
  place: Place
  samples: readonly Sample[]
  onPlace: (place: Place) => void
}) {
  const preview = usePreview(migrationId, occasion, words, place)
  const made = preview.data
  const line = made?.errorLine ?? null
  return (
    <div>
      <h2>Preview</h2>
      <PlaceChoice place={place} samples={samples} onPlace={onPlace} />
      <div aria-live="polite" aria-busy={preview.isFetching}>
        {preview.isError && <ProblemNotice problem={asProblem(preview.error)} />}
        {!preview.isError && made?.error && (
          <Notice color="red" title={line === null ? 'It can’t be used yet' : `Line ${line}`}><Text size="sm">{made.error}</Text></Notice>
        )}
        {!preview.isError && made?.error === null && (
          <article className={classes.preview} aria-label="The message">
            <h3>{made.subject}</h3>
            <pre>{made.body}</pre>
          </article>
        )}
      </div>
      <Text size="xs" c="dimmed">Nothing is sent. In a mail, the HTML part is made of this text: a line in capitals is a heading, an address on a line of its own a button.</Text>
    </div>
  )
}
