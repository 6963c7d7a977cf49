import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { plansQuery } from '../../api/queries'
import type { PlanImport } from '../../api/types'
import type { ImportSearch } from '../../lib/importPaths'
import { announce } from '../../ui/announce'
import { Card } from '../../ui/Card'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { railOf, stepOf } from './model/rail'
import { bytes, stateWord } from './model/words'
import classes from './plan-import.module.css'
import { Rail } from './Rail'
import { StateOf } from './StateOf'
import { ColumnsStep } from './steps/ColumnsStep'
import { DifferenceStep } from './steps/DifferenceStep'
import { FindingsStep } from './steps/FindingsStep'
import { ReadingStep } from './steps/ReadingStep'
import { TakeOverStep } from './steps/TakeOverStep'
import { useImportActs } from './useImport'

interface Props {
  found: PlanImport
  migration: { id: string; key: string; name: string }
  search: ImportSearch
  onSearch: (search: ImportSearch) => void
  onDiscarded: () => void
}

/** A screen reader hears when the reading is through, or is cut off. */
function useSpokenState(found: PlanImport): void {
  const { state, fileName } = found
  const said = stateWord(found)
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== state) announce(`${fileName}: ${said}.`)
    before.current = state
  }, [state, said, fileName])
}

/** The number that the next version of the import's plan gets, and of the newest that stands (0: none); null where that is not known. */
function useNumbers({ planName }: PlanImport, migrationId: string): { next: number | null; newest: number | null } {
  const plans = useQuery(plansQuery(migrationId)).data
  if (!plans || planName === null) return { next: null, newest: null }
  const versions = plans.find(({ name }) => name === planName)?.versions ?? []
  const newest = (of: typeof versions) => Math.max(0, ...of.map(({ number }) => number))
  return { next: newest(versions) + 1, newest: newest(versions.filter(({ status }) => status !== 'undone')) }
}

/** An import from its reading to what came of it: each step has its own address. */
export function Wizard({ found, migration, search, onSearch, onDiscarded }: Props) {
  useSpokenState(found)
  const acts = useImportActs(found.id, migration.id, onDiscarded)
  const { next: nextNumber, newest } = useNumbers(found, migration.id)
  const off = useWhyOffline()
  const here = stepOf(found, search.step)
  const busy = acts.accept.isPending || acts.map.isPending || acts.check.isPending
  const failed = [acts.accept, acts.map, acts.check, acts.discard].find(({ isError }) => isError)
  const toFindings = () => onSearch({ step: 'findings' })
  const mayLeaveOff = found.state === 'checked' || found.state === 'failed' || found.state === 'received'
  return (
    <>
      <p className={classes.about}>
        <StateOf of={found} /> <span className="dim num">{bytes(found.fileSize)}{found.format !== null && <> · {found.format.replaceAll('_', ' ')}</>} · {found.createdBy}{found.replace && ' · replaces the plan'}</span>
        {mayLeaveOff && <Button size="compact-xs" variant="subtle" color="gray" loading={acts.discard.isPending} disabled={off !== null || busy} onClick={() => acts.discard.mutate()}>Leave it off</Button>}
      </p>
      <div className={classes.wizard}>
        <Rail steps={railOf(found, migration.key, here)} />
        <Card className={classes.stage}>
          {failed?.error && <ProblemNotice problem={asProblem(failed.error)} onClose={() => failed.reset()} />}
          {here === 'reading' && <ReadingStep found={found} busy={acts.check.isPending} onGoOn={() => acts.check.mutate()} />}
          {here === 'findings' && <FindingsStep found={found} open={search.kind} onOpen={(kind) => onSearch({ step: 'findings', ...(kind === undefined ? {} : { kind }) })} off={off} busy={busy} onAccept={(kinds) => acts.accept.mutate(kinds)} />}
          {here === 'columns' && <ColumnsStep key={JSON.stringify(found.columns)} found={found} off={off} busy={busy} onMap={(columns) => acts.map.mutate(columns)} />}
          {here === 'difference' && <DifferenceStep found={found} nextNumber={nextNumber} onFindings={toFindings} />}
          {here === 'take-over' && <TakeOverStep found={found} migration={migration} nextNumber={nextNumber} newest={newest} off={off} checking={acts.check.isPending} onCheck={() => acts.check.mutate()} onFindings={toFindings} />}
        </Card>
      </div>
    </>
  )
}
