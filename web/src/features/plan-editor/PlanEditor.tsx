import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import type { PlanWhole } from '../../api/plan'
import { type EditorSearch, editorSearchOf } from '../../lib/paths'
import { useKeyActions } from '../../ui/useKeyActions'
import { EditorContext, type EditorState } from './context'
import { ControlsTab } from './tabs/ControlsTab'
import { TypesTab } from './tabs/TypesTab'
import classes from './editor.module.css'
import { EditorHead } from './EditorHead'
import { KeyList } from './KeyList'
import { forgetMarks } from './marks'
import { chapterOf, indexOf } from './model/tree'
import { NetworkTab } from './network/NetworkTab'
import { Refusals } from './Refusals'
import { EditsList } from './side/EditsList'
import { FindingsList } from './side/FindingsList'
import { StepsTab } from './StepsTab'
import { useEdit, useEdits } from './useEdit'
import { useEditorKeys } from './useEditorKeys'
import { useHistory } from './useHistory'

type Change = Partial<Record<keyof EditorSearch, string | undefined>>

interface Props {
  plan: PlanWhole
  search: EditorSearch
  /** Opens the same version with another search. */
  onSearch: (search: EditorSearch, replace: boolean) => void
  /** Nothing can be changed just now, since the server does not answer. */
  offline: boolean
  actions: ReactNode
  /** Why it can't be edited, and what can be done instead. */
  why: ReactNode
  openProposals: number
  catalogue: ReactNode
  proposals: ReactNode
}

/** What is said anew over what the address says; undefined takes a part away. */
const changedSearch = (search: EditorSearch, change: Change): EditorSearch => editorSearchOf({ ...search, ...change })

function useGo({ plan, search, onSearch }: Props) {
  const go = (change: Change) => onSearch(changedSearch(search, change), change.tab === undefined)
  const open = (code: string | undefined) => {
    const drawn = search.tab === 'network'
    // In the network the drawing goes where the item is; from the other parts the way is to the table.
    const chapter = drawn ? (code === undefined ? search.chapter : (chapterOf(indexOf(plan), code)?.code ?? search.chapter)) : search.tab === undefined ? search.chapter : undefined
    onSearch(changedSearch(search, { tab: drawn ? 'network' : undefined, item: code, side: undefined, chapter }), search.item !== undefined)
  }
  return { go, open }
}

function useEditorState(plan: PlanWhole, mayEdit: boolean, open: (code: string | undefined) => void): EditorState {
  const send = useEdit(plan.id)
  return useMemo(() => ({ plan, index: indexOf(plan), mayEdit, send, open }), [plan, mayEdit, send, open])
}

/** A plan version to be read or, while it is a draft, edited: by table, panel and network. */
export function PlanEditor(props: Props) {
  const { plan, search, actions, why, openProposals, offline } = props
  const mayEdit = plan.allowedActions.includes('edit') && !offline
  const { go, open: openNow } = useGo(props)
  const open = useStable(openNow)
  const state = useEditorState(plan, mayEdit, open)
  const edits = useEdits(plan)
  const history = useHistory(plan.id, edits.data?.items, mayEdit)
  const [keys, setKeys] = useState(false)
  useEffect(() => forgetMarks, [plan.id])
  useEditorKeys(mayEdit ? { undo: history.undo, redo: history.redo } : {})
  useKeyActions({ help: () => (setKeys(true), true) })

  const show = (code: string) => go({ item: code })
  const close = () => go({ side: undefined })
  const side = search.side === 'findings'
    ? <FindingsList onGo={show} onClose={close} />
    : search.side === 'edits' ? <EditsList edits={edits.data?.items} busy={history.busy} onUndo={history.undoNumber} onGo={show} onClose={close} /> : null
  return (
    <EditorContext value={state}>
      <div className={classes.page}>
        <EditorHead plan={plan} search={search} history={history} go={go} actions={actions} openProposals={openProposals} />
        {why !== null && <div className={classes.why}>{why}</div>}
        <Refusals />
        <Tab {...props} go={go} side={side} />
      </div>
      <KeyList opened={keys} onClose={() => setKeys(false)} />
    </EditorContext>
  )
}

function Tab({ search, go, side, catalogue, proposals }: Props & { go: (change: Change) => void; side: ReactNode }) {
  switch (search.tab ?? 'steps') {
    case 'steps': return <StepsTab search={search} go={go} side={side} />
    case 'network': return <NetworkTab search={search} go={go} />
    case 'controls': return <ControlsTab />
    case 'types': return <TypesTab />
    case 'catalogue': return <div className={classes.scroll}>{catalogue}</div>
    case 'proposals': return <div className={classes.scroll}>{proposals}</div>
  }
}

/** The same function for as long as the editor is shown, calling the newest. */
function useStable<T extends unknown[]>(latest: (...args: T) => void): (...args: T) => void {
  const [held] = useState<{ call: (...args: T) => void }>(() => ({ call: latest }))
  useEffect(() => {
    // eslint-disable-next-line react-hooks/immutability -- it is the box that is meant to change
    held.call = latest
  })
  return useCallback((...args: T) => held.call(...args), [held])
}
