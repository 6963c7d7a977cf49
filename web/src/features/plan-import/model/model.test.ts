import { describe, expect, test } from 'vitest'
import type { FindingKind, ImportOutline, OutlineNode, PlanImport } from '../../../api/types'
import { mappingOf, saying } from './columns'
import { besideWritten, halvesOf, inOrder, lackingOf, overall, standing, withRepair } from './kinds'
import { paceOf } from './pace'
import { railOf, stepOf } from './rail'
import { heldAgainst, intoWhat } from './takeOver'
import { rowsOf, type TreeRow } from './tree'
import { bytes, findingWord, headOf, percent, placeOf, stateWord, valueWord } from './words'
import { asWritten } from './written'

const kind = (code: string, more: Partial<FindingKind> = {}): FindingKind => ({
  code, severity: 'warning', count: 10, different: 10, mended: 0, blocking: 0, repairs: 10, replaced: null, repairable: true, always: false, accepted: false, lowestConfidence: null, example: 'e', repair: 'r', ...more,
})

const found = (more: Partial<PlanImport> = {}): PlanImport => ({
  id: 'i', state: 'checked', migrationId: 'm', migrationKey: 'ERP', newMigration: null, planName: 'Night', fileName: 'night.zip', fileSize: 1_000, sha256: '', format: 'confluence_zip', replace: false, accepted: [],
  totals: { errors: 0, blocking: 0, warnings: 0, mended: 0, added: 3, changed: 0, removed: 0, unchanged: 0 }, progress: { rows: 0, bytes: 0, since: null, heardAt: null },
  problem: null, canCommit: true, changes: null, createdBy: 'Priya', createdAt: '2026-11-21T10:00:00Z', committedAt: null, undoneAt: null, undoneBy: null,
  kinds: [], findings: [], diff: { added: 3, changed: 0, removed: 0, unchanged: 0, items: [] }, columns: [], counts: {}, lacking: null, base: null, version: null, ...more,
})

describe('the pace of reading', () => {
  const read = (rows: number, bytesRead: number, since: string | null) => ({ progress: { rows, bytes: bytesRead, since, heardAt: null }, fileSize: 1_000 })
  const now = Date.parse('2026-11-21T10:00:10Z')
  test('rows a second and the time left come from what was read since it began', () => {
    expect(paceOf(read(50_000, 250, '2026-11-21T10:00:00Z'), now)).toEqual({ rowsPerSecond: 5_000, share: 0.25, secondsLeft: 30 })
  })
  test('what cannot be known is not said', () => {
    expect(paceOf(read(0, 0, null), now)).toEqual({ rowsPerSecond: null, share: null, secondsLeft: null })
    expect(paceOf(read(9, 9, '2026-11-21T10:00:10Z'), now)).toMatchObject({ rowsPerSecond: null, secondsLeft: null })
    expect(paceOf(read(9, 4_000, '2026-11-21T10:00:00Z'), now)).toMatchObject({ share: 1, secondsLeft: null })
  })
})

describe('kinds of findings', () => {
  test('what stops the import is read first, then what can be repaired', () => {
    const kinds = [kind('placeholder', { repairable: false, always: true }), kind('team_variant', { count: 3 }), kind('cycle', { severity: 'error', blocking: 1, count: 1 }), kind('html_entity')]
    expect(inOrder(kinds).map(({ code }) => code)).toEqual(['cycle', 'html_entity', 'team_variant', 'placeholder'])
  })
  test('a switch sends the full set of what is accepted, and never what nobody accepts', () => {
    const kinds = [kind('cycle', { accepted: true }), kind('placeholder', { accepted: true, repairable: false }), kind('html_entity')]
    expect(withRepair(kinds, 'html_entity', true)).toEqual(['cycle', 'html_entity'])
    expect(withRepair(kinds, 'cycle', false)).toEqual([])
  })
  test('what stands with a kind is said as it is', () => {
    expect(standing(kind('x', { always: true }))).toContain('cannot stand as written')
    expect(standing(kind('x', { blocking: 10 }))).toBe('all stop the import')
    expect(standing(kind('x', { blocking: 1, mended: 9 }))).toBe('1 stops the import, 9 repaired')
    expect(standing(kind('x', { repairs: 0 }))).toContain('nothing has to be done')
  })
  test('of links that cannot stand both numbers are said: those that get another one, and those that only go', () => {
    const self = kind('self_predecessor', { count: 475, replaced: 249, mended: 475, accepted: true })
    expect(standing(self)).toBe('226 links are dropped with nothing in their place; 249 get another predecessor')
    expect(standing({ ...self, accepted: false })).toBe('226 links are dropped with nothing in their place; 249 would get another predecessor if the repair is accepted')
    expect(standing({ ...self, count: 1, replaced: 0 })).toBe('1 link is dropped with nothing in its place')
    expect(halvesOf(self)?.map(({ label }) => label)).toEqual(['All 475', 'Another predecessor 249', 'Nothing in its place 226'])
    expect(halvesOf({ ...self, replaced: 0 })).toBeNull()
    expect(halvesOf(kind('x'))).toBeNull()
    expect(besideWritten(self, { self_predecessor: 472 })).toBe(' As written: 472; repaired codes change who is meant.')
    expect(besideWritten(self, { self_predecessor: 475 })).toBe('')
  })
  test('what the steps lack is said, and is no finding', () => {
    expect(lackingOf({ steps: 1_174, noDuration: 1_174, noTeam: 1 })).toEqual(['1,174 steps have no duration: their times are 0 until you plan them.', '1 step has no team: nobody is told of them.'])
    expect(lackingOf({ steps: 3, noDuration: 0, noTeam: 0 })).toEqual([])
    expect(lackingOf(null)).toEqual([])
  })
  test('the sentence on all of them never says that repairs help where there is none', () => {
    expect(overall([])).toMatchObject({ tone: 'clean' })
    expect(overall([kind('x')])).toMatchObject({ tone: 'go' })
    expect(overall([kind('x', { blocking: 10 })]).text).toContain('Accept their repairs')
    expect(overall([kind('x', { blocking: 10, repairable: false, repairs: 0 })]).text).toContain('Some have no repair')
    expect(overall([kind('x', { count: 1, blocking: 1 })]).text).toBe('1 finding stops the import. Accept its repair, or mend the files and import them again. Nothing of the plan was changed.')
  })
})

test('the files as written: shares of steps and of tasks, the most frequent first, none that is not there', () => {
  const lines = asWritten({ pages: 1_174, tasks: 100, self_predecessor: 471, null_number: 45, task_without_team: 90, cycle: 0 })
  expect(lines.map(({ name, of }) => `${name} ${of}`)).toEqual(['task_without_team 100', 'self_predecessor 1174', 'null_number 1174'])
  expect(percent(lines[1]?.share ?? 0)).toBe('40 %')
  expect(asWritten({})).toEqual([])
})

describe('the tree', () => {
  const node = (of: OutlineNode['kind'], code: string, parent: string | null, more: Partial<OutlineNode> = {}): OutlineNode => ({
    kind: of, code, parent, name: code, change: null, fields: [], before: null, after: null, added: 0, changed: 0, removed: 0, ...more,
  })
  const outline: ImportOutline = {
    kinds: [],
    groups: [node('macroPhase', 'A', null, { added: 2 }), node('macroPhase', 'B', null), node('chapter', 'A1', 'A', { added: 2 }), node('chapter', 'A2', 'A', { change: 'removed' }), node('chapter', 'B1', 'B')],
  }
  const none = { items: [], more: false, loading: false }
  const rows = (open: string[], change?: 'added' | 'removed') => rowsOf({
    outline, change, open: new Set(open),
    steps: (id) => (id === 'chapter:A1' ? { items: [node('step', 'TRT-1', 'A1', { change: 'added', added: 1 })], more: true, loading: false } : none),
    tasks: () => ({ items: [{ kind: 'task', code: 'TRT-1-1', change: 'added', fields: [], parent: 'TRT-1', name: 't', before: null, after: null }], more: false, loading: false }),
  })
  const ids = (list: TreeRow[]) => list.map(({ id, depth }) => `${depth} ${id}`)
  test('what does not change is not drawn, and closed groups hold what is in them', () => {
    expect(ids(rows([]))).toEqual(['0 macroPhase:A'])
    expect(ids(rows(['macroPhase:A']))).toEqual(['0 macroPhase:A', '1 chapter:A1', '1 chapter:A2'])
  })
  test('an open chapter shows its steps, an open step its tasks, and what is left to fetch', () => {
    expect(ids(rows(['macroPhase:A', 'chapter:A1', 'step:TRT-1']))).toEqual(['0 macroPhase:A', '1 chapter:A1', '2 step:TRT-1', '3 task:TRT-1-1', '2 chapter:A1:more', '1 chapter:A2'])
  })
  test('a filter leaves what is of that way alone', () => {
    expect(ids(rows(['macroPhase:A'], 'added'))).toEqual(['0 macroPhase:A', '1 chapter:A1'])
    expect(ids(rows(['macroPhase:A'], 'removed'))).toEqual([])
  })
})

describe('words', () => {
  test('values are written as people write them', () => {
    expect(valueWord('duration', 2_700)).toBe('45 min')
    expect(valueWord('after', ['TRT-1 FS 0', 'TRT-2 SS 600', 'TRT-3 FS -300'])).toBe('TRT-1, TRT-2 SS + 10 min, TRT-3 FS − 5 min')
    expect(valueWord('required', false)).toBe('no')
    expect(valueWord('team', null)).toBe('—')
    expect(valueWord('labels', [])).toBe('—')
    expect(valueWord('instructions', 'x'.repeat(500))).toHaveLength(401)
  })
  test('a place is said as far as it is known', () => {
    expect(placeOf({ line: 12, row: 3, column: 5, field: null })).toBe('line 12, column 5')
    expect(placeOf({ line: null, row: 40, column: null, field: 'Duration' })).toBe('row 40, Duration')
    expect(placeOf({ line: null, row: null, column: 3, field: null })).toBe('')
  })
  test('one misspelling in many rows is one, and what is blocked is not ready', () => {
    expect(headOf({ code: 'team_variant', count: 21, different: 2 })).toEqual({ number: '2', words: 'Other spellings of teams, in 21 rows' })
    expect(headOf({ code: 'unknown_type', count: 1, different: 1 })).toEqual({ number: '1', words: 'Type that nobody knows' })
    expect(headOf({ code: 'cycle', count: 1_200, different: 1_200 }).number).toBe('1,200')
    const { totals } = found()
    expect(stateWord({ state: 'checked', totals: { ...totals, blocking: 52 } })).toBe('Blocked: 52 errors')
    expect(stateWord({ state: 'checked', totals })).toBe('Ready to look at')
    expect(stateWord({ state: 'undone', totals: { ...totals, blocking: 52 } })).toBe('Undone')
  })
  test('a kind that has no name is spelt out, and small shares are not none', () => {
    expect(findingWord('odd_thing')).toBe('Odd thing')
    expect(percent(0.001)).toBe('< 1 %')
    expect(percent(0.999)).toBe('99 %')
    expect(bytes(8_838_315)).toBe('8.8 MB')
  })
})

test('what was said of columns stays said, and saying what is there takes it back', () => {
  const columns = [{ heading: 'Nr', field: 'code', confidence: 1, reason: 'as you said' }, { heading: 'What', field: 'name', confidence: 0.9, reason: 'alike' }]
  expect(mappingOf(columns, { What: null })).toEqual({ Nr: 'code', What: null })
  expect(saying({ What: 'name' }, { heading: 'Who', field: null }, 'team')).toEqual({ What: 'name', Who: 'team' })
  expect(saying({ Who: 'team' }, { heading: 'Who', field: null }, null)).toEqual({})
})

describe('the way', () => {
  test('one looks first at what is to be read, and an import under way shows nothing else', () => {
    expect(stepOf(found({ kinds: [kind('x')] }), undefined)).toBe('findings')
    expect(stepOf(found(), undefined)).toBe('difference')
    expect(stepOf(found({ state: 'staging' }), 'difference')).toBe('reading')
    expect(stepOf(found({ state: 'committed' }), undefined)).toBe('take-over')
    expect(stepOf(found(), 'columns')).toBe('difference')
  })
  test('a step that stops the import is marked, and what is not there yet has no address', () => {
    const rail = railOf(found({ kinds: [kind('x', { blocking: 1 })], totals: { ...found().totals, blocking: 1 }, diff: null, canCommit: false }), 'ERP', 'findings')
    expect(rail.map(({ name, state }) => `${name} ${state}`)).toEqual(['Files done', 'Reading done', 'Findings stops', 'Difference later', 'Take over later'])
    expect(railOf(found({ state: 'staging' }), 'ERP', 'reading').filter(({ to }) => to !== null).map(({ name }) => name)).toEqual(['Files'])
  })
  test('taking over says where it goes, and that nothing to change is a success', () => {
    const base = { id: 'v', number: 3, status: 'draft' as const }
    expect(intoWhat(found({ base }), 'ERP night', 4)[0]).toBe('3 changes become version 4 of “Night” of ERP night, after version 3. Version 3 is a draft, and is superseded by it.')
    expect(intoWhat(found(), 'ERP night', 1)[0]).toContain('which is a new plan')
    expect(intoWhat(found(), 'ERP night', 3)[0]).toBe('3 things become version 3 of “Night” of ERP night. No version of this plan stands: the 2 there were are undone.')
    expect(heldAgainst(found({ base }), 4)).toBe('3 changes to version 3.')
    expect(heldAgainst(found(), 1)).toBe('A new plan: 3 things added.')
    expect(heldAgainst(found(), 2)).toBe('No version of this plan stands: the one there was is undone, so all 3 things are added.')
    // Once it is taken over, what was before it is what counts, not what comes next.
    expect(heldAgainst(found({ state: 'committed', version: { id: 'v', number: 1, status: 'draft' } }), 2)).toBe('A new plan: 3 things added.')
    expect(intoWhat(found({ diff: { added: 0, changed: 0, removed: 0, unchanged: 9, items: [] } }), 'ERP night', 4)).toHaveLength(1)
  })
})
