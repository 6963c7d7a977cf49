import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { templatesQuery } from '../../api/messages'
import { asProblem } from '../../api/problem'
import type { MessageTemplate } from '../../api/types'
import { Card } from '../../ui/Card'
import { ErrorState, LoadingRows } from '../../ui/states'
import { TemplateEditor } from './TemplateEditor'
import type { Sample } from './TemplatePreview'
import classes from './messages.module.css'

function Occasion({ template, chosen, onChoose }: { template: MessageTemplate; chosen: boolean; onChoose: () => void }) {
  const { title, faulty, used } = template
  return (
    <li>
      <button type="button" {...(chosen ? { 'aria-current': true } : {})} onClick={onChoose}>
        {title}
        {used.number > 0 && <small>version {used.number}</small>}
        {faulty && <span className={classes.faulty}><IconAlertTriangle size={13} aria-hidden /> error in version {faulty.number}</span>}
      </button>
    </li>
  )
}

/** Every message a migration sends by itself, and its words. */
export function Templates({ migrationId, samples }: { migrationId: string; samples: readonly Sample[] }) {
  const query = useQuery(templatesQuery(migrationId))
  const [occasion, setOccasion] = useState<string>('activated')
  if (query.isPending) return <LoadingRows rows={10} label="Loading the messages" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return (
    <div className={classes.templates}>
      <Card>
        <ul className={classes.occasions} aria-label="Occasions">
          {query.data.map((template) => (
            <Occasion key={template.occasion} template={template} chosen={template.occasion === occasion} onChoose={() => setOccasion(template.occasion)} />
          ))}
        </ul>
      </Card>
      <Card><TemplateEditor key={occasion} migrationId={migrationId} occasion={occasion} samples={samples} /></Card>
    </div>
  )
}
