import { EmptyState } from '../../ui/states'

export function MailsPage() {
  return <EmptyState title="Mails" />
}
