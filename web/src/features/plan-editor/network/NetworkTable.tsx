import type { PlanChapter, PlanLink } from '../../../api/plan'
import { Card } from '../../../ui/Card'
import { useEditor } from '../context'
import editor from '../editor.module.css'
import { durationText } from '../model/durations'
import { linkNote } from '../model/links'

function Codes({ links }: { links: readonly PlanLink[] }) {
  const { index, open } = useEditor()
  if (links.length === 0) return <span className="dim">Nothing</span>
  return links.map((link, i) => (
    <span key={`${link.code} ${link.kind}`}>
      {i > 0 && ', '}
      <button type="button" className={`${editor.go} num`} title={index.places.get(link.code)?.item.name} onClick={() => open(link.code)}>{link.code}</button>
      {linkNote(link) !== '' && <span className="dim num"> {linkNote(link)}</span>}
    </span>
  ))
}

/** The same network as words: what each waits for, and what waits for it. */
export function NetworkTable({ chapter, onChapter }: { chapter: PlanChapter | undefined; onChapter: (code: string) => void }) {
  const { plan, index, open } = useEditor()
  const chapters = plan.macroPhases.flatMap((phase) => phase.chapters)
  const rows = chapter ? chapter.steps : chapters
  return (
    <div className={editor.scroll}>
      <Card className={editor.sheet ?? ''}>
        <table className={editor.table} aria-label={chapter ? `Network of ${chapter.code}` : 'Network of chapters'}>
          <thead><tr><th>Code</th><th>{chapter ? 'Step' : 'Chapter'}</th><th>{chapter ? 'Duration' : 'Steps'}</th><th>Waits for</th><th>What waits for it</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <td><button type="button" className={`${editor.go} num`} onClick={() => ('steps' in row ? onChapter(row.code) : open(row.code))}>{row.code}</button></td>
                <td className={editor.wide}>{row.name}</td>
                <td className="num">{'steps' in row ? row.steps.length : durationText(row.durationSeconds)}</td>
                <td data-label="Waits for"><Codes links={row.after} /></td>
                <td data-label="What waits for it"><Codes links={index.next.get(row.code) ?? []} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  )
}
