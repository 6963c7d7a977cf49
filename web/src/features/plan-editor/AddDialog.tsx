import { Button, Checkbox, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ApiProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useEditor } from './context'
import { type Spot, spotsAt } from './model/add'
import { secondsOf } from './model/durations'
import { freeCode, levelWord } from './model/tree'
import classes from './editor.module.css'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** What the form holds; a code is offered, and follows the level until one is typed. */
function useForm(selected: string | null) {
  const { plan, index } = useEditor()
  const [spots] = useState(() => spotsAt(plan, selected))
  const [level, setLevel] = useState(spots[0]?.level ?? 'macroPhase')
  const spot: Spot = spots.find((one) => one.level === level) ?? { level: 'macroPhase', parent: null, before: undefined, words: '' }
  const above = selected === null ? undefined : index.places.get(selected)
  const near = above?.level === level ? selected : level === 'step' ? lastCode(plan.macroPhases.flatMap(({ chapters }) => chapters), spot.parent) : null
  const [typed, setTyped] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [type, setType] = useState(above?.level === 'step' ? above.item.type : 'TRT')
  const [team, setTeam] = useState<string | null>(above?.level === 'step' ? above.item.team : null)
  const [duration, setDuration] = useState('15m')
  const [linked, setLinked] = useState(false)
  return {
    spots, spot, level, setLevel, code: typed ?? freeCode(index, near ?? undefined, level === 'step' ? type : level === 'chapter' ? 'CH' : 'MP'), setTyped, name, setName, type, setType,
    team, setTeam, duration, setDuration, seconds: secondsOf(duration), linked, setLinked, above: above?.level === 'step' ? above.item.code : null,
  }
}

const lastCode = (chapters: readonly { code: string; steps: readonly { code: string }[] }[], parent: string | null): string | null =>
  chapters.find(({ code }) => code === parent)?.steps.at(-1)?.code ?? null

/** Adds a step, chapter or macro-phase at the selected line. */
export function AddDialog({ selected, onAdded, onClose }: { selected: string | null; onAdded: (code: string) => void; onClose: () => void }) {
  const { plan, send } = useEditor()
  const form = useForm(selected)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const milestone = plan.types.find(({ code }) => code === form.type)?.behaviour === 'milestone'
  const ready = form.code.trim() !== '' && form.name.trim() !== '' && (form.level !== 'step' || milestone || form.seconds !== null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready || busy) return
    const code = form.code.trim()
    const step = {
      type: form.type, team: form.team, durationSeconds: milestone ? 0 : form.seconds,
      after: form.linked && form.above !== null ? [{ code: form.above, kind: 'FS', lagSeconds: 0 }] : [],
    }
    setBusy(true)
    send({
      edits: [{
        op: 'add', level: form.level, ...(form.spot.parent === null ? {} : { parent: form.spot.parent }), ...(form.spot.before === undefined ? {} : { before: form.spot.before }),
        item: { code, name: form.name.trim(), ...(form.level === 'step' ? step : {}) },
      }],
      onDone: () => onAdded(code),
      onRefused: (refused) => {
        setProblem(refused)
        setBusy(false)
        return true
      },
    })
  }
  const word = levelWord[form.level] ?? ''
  return (
    <Dialog onClose={onClose} title={`Add a ${word} ${form.spot.words}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {form.spots.length > 1 && (
            <SegmentedControl
              size="xs" fullWidth aria-label="What to add" value={form.level} data={form.spots.map((one) => ({ value: one.level, label: capital(levelWord[one.level] ?? '') }))}
              onChange={form.setLevel}
            />
          )}
          <TextInput size="sm" label="Name" required data-autofocus value={form.name} onChange={(event) => form.setName(event.currentTarget.value)} />
          <div className={classes.two}>
            <TextInput size="sm" label="Code" required value={form.code} onChange={(event) => form.setTyped(event.currentTarget.value)} />
            {form.level === 'step' && <>
              <Select size="sm" label="Type" allowDeselect={false} value={form.type} data={plan.types.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))} onChange={(type) => form.setType(type ?? 'TRT')} />
              <Select size="sm" label="Team" clearable searchable placeholder="None" value={form.team} data={plan.teams.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))} onChange={form.setTeam} />
              {!milestone && <TextInput size="sm" label="Duration" value={form.duration} error={form.seconds === null ? '45m, 2h 30m, 90s, 2d' : null} onChange={(event) => form.setDuration(event.currentTarget.value)} />}
            </>}
          </div>
          {form.level === 'step' && form.above !== null && (
            <Checkbox size="xs" label={`It waits for ${form.above}`} checked={form.linked} onChange={(event) => form.setLinked(event.currentTarget.checked)} />
          )}
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={busy}>Add {word}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
