import { ActionIcon, Anchor, Menu } from '@mantine/core'
import { IconDots, IconX } from '@tabler/icons-react'
import { EmptyState } from '../../../ui/states'
import { useEditor } from '../context'
import { FindingLine } from '../side/FindingLine'
import { levelWord, type Place } from '../model/tree'
import { GroupFields } from './GroupFields'
import { LinkList } from './LinkList'
import classes from './panel.module.css'
import { StepFields } from './StepFields'
import { TaskList } from './TaskList'
import { WayBack } from './WayBack'

export interface ItemActs { add: () => void; remove: () => void; moveUp: () => void; moveDown: () => void; network: (chapter: string) => void }

function Head({ code, place, acts }: { code: string; place: Place; acts: ItemActs }) {
  const { open, mayEdit, index } = useEditor()
  const above = place.parent === null ? null : index.places.get(place.parent)
  const chapter = place.level === 'chapter' ? code : place.level === 'step' ? place.parent : null
  return (
    <div className={classes.head}>
      <div className={classes.headLine}>
        <b className="num">{code}</b>
        <small className="dim">{levelWord[place.level]}{above ? ` of ${above.item.code} ${above.item.name}` : ''}</small>
        <Menu position="bottom-end" width={200} withinPortal>
          <Menu.Target><ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${code}`}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {chapter !== null && <Menu.Item onClick={() => acts.network(chapter)}>Network of {chapter}</Menu.Item>}
            {mayEdit && <>
              <Menu.Item onClick={acts.add}>Add below</Menu.Item>
              <Menu.Item onClick={acts.moveUp}>Move up</Menu.Item>
              <Menu.Item onClick={acts.moveDown}>Move down</Menu.Item>
              <Menu.Item color="red" onClick={acts.remove}>Remove</Menu.Item>
            </>}
          </Menu.Dropdown>
        </Menu>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => open(undefined)} aria-label="Close the item"><IconX size={16} /></ActionIcon>
      </div>
      <h2 className={classes.title}>{place.item.name}</h2>
    </div>
  )
}

/** Everything of one item of the plan, beside the table; each field is saved by itself. */
export function ItemPanel({ code, acts }: { code: string; acts: ItemActs }) {
  const { plan, index, open } = useEditor()
  const place = index.places.get(code)
  if (!place) {
    return (
      <section className={classes.panel} aria-label="Item">
        <EmptyState title={`${code} is not in this version`} action={<Anchor component="button" onClick={() => open(undefined)}>Close</Anchor>}>
          It may have been removed or given another code a moment ago: the list of edits says by whom.
        </EmptyState>
      </section>
    )
  }
  const tasks = new Set(place.level === 'step' ? place.item.tasks.map((task) => task.code) : [])
  const found = plan.findings.filter(({ subject }) => subject !== null && (subject.code === code || (subject.level === 'task' && tasks.has(subject.code))))
  return (
    <section key={code} className={classes.panel} aria-label={`${levelWord[place.level] ?? ''} ${code}`} data-panel={code}>
      <Head code={code} place={place} acts={acts} />
      <div className={classes.body}>
        {found.length > 0 && <ul className={classes.links}>{found.map((finding, i) => <li key={i}><FindingLine finding={finding} /></li>)}</ul>}
        {place.level === 'step' ? <StepFields step={place.item} chapter={place.parent} /> : <GroupFields level={place.level} item={place.item} />}
        {place.level === 'step' && <WayBack step={place.item} chapter={place.parent} />}
        <LinkList code={code} after={place.item.after} />
        {place.level === 'step' && <TaskList step={place.item} />}
      </div>
    </section>
  )
}
