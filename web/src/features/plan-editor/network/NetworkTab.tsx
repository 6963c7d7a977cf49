import { Drawer, SegmentedControl, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import type { PlanChapter } from '../../../api/plan'
import type { EditorSearch } from '../../../lib/paths'
import { EmptyState } from '../../../ui/states'
import { useKeyActions } from '../../../ui/useKeyActions'
import { useEditor } from '../context'
import editor from '../editor.module.css'
import { linksText } from '../model/links'
import { chapterOf, moveOf } from '../model/tree'
import { ItemPanel } from '../panel/ItemPanel'
import { Refusals } from '../Refusals'
import { useRemove } from '../useRemove'
import { Drawing } from './Drawing'
import { chapterDrawing, overviewDrawing } from './layout'
import classes from './network.module.css'
import { NetworkTable } from './NetworkTable'

interface Props {
  search: EditorSearch
  go: (change: Partial<Record<keyof EditorSearch, string | undefined>>) => void
}

function Bar({ search, go, chapter }: Props & { chapter: PlanChapter | undefined }) {
  const { plan, index } = useEditor()
  const chapters = plan.macroPhases.flatMap((phase) => phase.chapters)
  const next = chapter ? (index.next.get(chapter.code) ?? []) : []
  return (
    <div className={editor.filters}>
      <Select
        size="xs" className={classes.choice ?? ''} aria-label="Chapter" placeholder="All chapters" searchable clearable limit={80} value={chapter?.code ?? null}
        data={chapters.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))} onChange={(code) => go({ chapter: code ?? undefined, item: undefined })}
      />
      <SegmentedControl
        size="xs" aria-label="Show as" value={search.table ? 'table' : 'drawing'} data={[{ value: 'drawing', label: 'Drawing' }, { value: 'table', label: 'Table' }]}
        onChange={(how) => go({ table: how === 'table' ? '1' : undefined })}
      />
      {chapter && (chapter.after.length > 0 || next.length > 0) && (
        <span className={classes.whole}>
          {chapter.after.length > 0 && <>The chapter waits for <b className="num">{linksText(chapter.after)}</b>. </>}
          {next.length > 0 && <>Waiting for it: <b className="num">{linksText(next)}</b>.</>}
        </span>
      )}
    </div>
  )
}

function Aside({ search, go }: Props) {
  const { plan, mayEdit, send, open, index } = useEditor()
  const narrow = useMediaQuery('(max-width: 1000px)', window.innerWidth <= 1000)
  const { remove, dialog } = useRemove(() => open(undefined))
  const { item } = search
  if (item === undefined) return dialog
  const move = (by: 1 | -1) => () => {
    const wish = mayEdit ? moveOf(plan, item, by) : null
    if (wish) send({ edits: [wish] })
  }
  const level = index.places.get(item)?.level
  const panel = (
    <ItemPanel code={item} acts={{
      add: () => go({ tab: undefined, chapter: undefined, item }), remove: () => level && remove(level, item), moveUp: move(-1), moveDown: move(1),
      network: (chapter) => go({ chapter, item: undefined }),
    }} />
  )
  return (
    <>
      {narrow
        ? <Drawer opened onClose={() => open(undefined)} position="right" size="min(100%, 480px)" withCloseButton={false} padding={0} aria-label="Item" styles={{ body: { height: '100%' } }}><Refusals />{panel}</Drawer>
        : <aside className={editor.aside}>{panel}</aside>}
      {dialog}
    </>
  )
}

/** The network of one chapter, or of all chapters; as a drawing or a table. */
export function NetworkTab({ search, go }: Props) {
  const { plan, index, open } = useEditor()
  const chapter = search.chapter === undefined ? undefined : chapterOf(index, search.chapter)
  const drawn = useMemo(() => (chapter ? chapterDrawing(plan, chapter) : overviewDrawing(plan)), [plan, chapter])
  const toChapter = (code: string) => go({ chapter: code, item: undefined })
  useKeyActions({ close: () => (search.item !== undefined ? (open(undefined), true) : search.chapter !== undefined ? (go({ chapter: undefined }), true) : false) })
  const label = chapter ? `Network of chapter ${chapter.code} ${chapter.name}` : 'Network of all chapters'
  return (
    <>
      <Bar search={search} go={go} chapter={chapter} />
      <div className={editor.body}>
        {drawn.nodes.length === 0
          ? <div className={editor.nothing}><EmptyState title={chapter ? `${chapter.code} has no steps yet` : 'No chapter yet'}>What is added in the table is drawn here.</EmptyState></div>
          : search.table
            ? <NetworkTable chapter={chapter} onChapter={toChapter} />
            : <Drawing key={chapter?.code ?? ''} drawn={drawn} label={label} selected={search.item} onOpen={chapter ? open : toChapter} onGo={open} />}
        <Aside search={search} go={go} />
      </div>
    </>
  )
}
