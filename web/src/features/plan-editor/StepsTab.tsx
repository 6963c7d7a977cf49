import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { EditorSearch } from '../../lib/paths'
import { say } from '../../ui/notify'
import { EmptyState } from '../../ui/states'
import { useKeyActions } from '../../ui/useKeyActions'
import { AddDialog } from './AddDialog'
import { useEditor } from './context'
import classes from './editor.module.css'
import { FilterBar } from './FilterBar'
import { Grid } from './grid/Grid'
import { fieldBeside, mayType, nextTyped, rowBeside, useGridRows, useSelected, worstOf } from './grid/useGrid'
import type { Column } from './model/fields'
import type { Row } from './model/rows'
import { moveOf } from './model/tree'
import { ItemPanel } from './panel/ItemPanel'
import { Refusals } from './Refusals'
import { useEditorKeys } from './useEditorKeys'
import { useRemove } from './useRemove'

interface Props {
  search: EditorSearch
  go: (change: Partial<Record<keyof EditorSearch, string | undefined>>) => void
  /** What stands beside the table instead of the item: findings or edits. */
  side: ReactNode
}

/** The table with its filters, keys and panel. */
export function StepsTab({ search, go, side }: Props) {
  const { plan, mayEdit, send, open } = useEditor()
  const { rows, fold, foldAll } = useGridRows(plan, search)
  const [selected, select] = useSelected(search.item)
  const [active, setActive] = useState<Column>('name')
  const [editing, setEditing] = useState(false)
  const [adding, setAdding] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const searchRef = useRef<HTMLInputElement>(null)
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)
  const worst = useMemo(() => worstOf(plan.findings, plan), [plan])
  const row = rows.find(({ code }) => code === selected)
  const { remove, dialog } = useRemove((code) => {
    if (search.item === code) open(undefined)
  })

  const focusTable = () => scroller.current?.focus({ preventScroll: true })
  const choose = (next: Row | undefined, follow: boolean) => {
    if (!next) return
    select(next.code)
    if (!mayType(next, active) && next.kind !== 'step') setActive('name')
    // With the panel open, it follows.
    if (follow && search.item !== undefined && search.side === undefined && !narrow) open(next.code)
  }
  const opens = (field: Column | null) => narrow || !mayEdit || search.item !== undefined || field === 'code' || field === null
  const press = (target: Row, field: Column | null, how: 'select' | 'edit' | 'fold') => {
    if (how === 'fold' && target.kind !== 'step') {
      select(target.code)
      fold(target.code, !target.folded)
      return
    }
    if (field !== null) setActive(field)
    select(target.code)
    if (how === 'edit' && mayEdit && field !== null && mayType(target, field) && !narrow) setEditing(true)
    // The panel takes its room from the table: the second click of two must find its cell where the first one did.
    else if (opens(field) && (!editing || target.code !== selected)) open(target.code)
  }
  const edited = (next: 1 | -1 | 0 | null) => {
    const field = row && next ? nextTyped(row, active, next) : null
    if (field) {
      setActive(field)
      return
    }
    setEditing(false)
    if (next !== null || scroller.current?.contains(document.activeElement)) focusTable()
  }
  const edit = () => {
    if (!row) return false
    if (!mayEdit || narrow || !mayType(row, active)) open(row.code)
    else setEditing(true)
    return true
  }
  const move = (by: 1 | -1) => () => {
    if (!row || !mayEdit) return false
    const wish = moveOf(plan, row.code, by)
    if (wish) send({ edits: [wish] })
    else say(by < 0 ? `${row.code} is the first already.` : `${row.code} is the last already.`)
    return true
  }
  const beside = (by: 1 | -1) => () => {
    if (!row) return false
    if (row.kind !== 'step' && (active === 'name' || active === 'code') && row.folded !== by < 0) fold(row.code, by < 0)
    else setActive(fieldBeside(row, active, by))
    return true
  }
  const add = () => (mayEdit ? (setAdding(true), true) : false)
  const drop = () => (row && mayEdit ? (remove(row.kind, row.code), true) : false)

  useKeyActions({
    down: () => (choose(rowBeside(rows, selected, 1), true), true),
    up: () => (choose(rowBeside(rows, selected, -1), true), true),
    first: () => (choose(rows[0], true), true),
    last: () => (choose(rows.at(-1), true), true),
    open: edit,
    close: () => (search.item === undefined && search.side === undefined ? false : (go({ item: undefined, side: undefined }), focusTable(), true)),
    search: () => (searchRef.current?.focus(), true),
  })
  useEditorKeys({ edit, add, remove: drop, moveUp: move(-1), moveDown: move(1), left: beside(-1), right: beside(1), panel: () => (row ? (open(row.code), true) : false) })

  const acts = { add, remove: drop, moveUp: move(-1), moveDown: move(1), network: (chapter: string) => go({ tab: 'network', chapter, item: undefined, side: undefined }) }
  const aside = side ?? (search.item === undefined ? null : <ItemPanel code={search.item} acts={acts} />)
  return (
    <>
      <FilterBar search={search} onChange={go} searchRef={searchRef} onFoldAll={foldAll} onAdd={add} />
      <div className={classes.body}>
        {rows.length > 0
          ? <Grid rows={rows} selected={selected} active={active} editing={editing} worst={worst} onPress={press} onEdited={edited} scroller={scroller} />
          : <Nothing empty={plan.macroPhases.length === 0} />}
        {!narrow && aside && <aside className={classes.aside}>{aside}</aside>}
      </div>
      {narrow && (
        <Drawer
          opened={aside !== null} onClose={() => go({ item: undefined, side: undefined })} position="right" size="min(100%, 480px)" withCloseButton={false} padding={0}
          aria-label="Item" styles={{ body: { height: '100%' } }}
        >
          <Refusals />
          {aside}
        </Drawer>
      )}
      {adding && (
        <AddDialog
          selected={selected} onClose={() => setAdding(false)}
          onAdded={(code) => {
            setAdding(false)
            open(code)
            focusTable()
          }}
        />
      )}
      {dialog}
    </>
  )
}

function Nothing({ empty }: { empty: boolean }) {
  return (
    <div className={classes.nothing}>
      {empty
        ? <EmptyState title="Nothing is in this version yet">Add a macro-phase, a chapter in it, then steps; or import a plan file.</EmptyState>
        : <EmptyState title="No step passes these filters">Clear them to see all steps again.</EmptyState>}
    </div>
  )
}
