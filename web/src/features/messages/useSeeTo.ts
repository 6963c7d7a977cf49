import { useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { messageKeys } from '../../api/messages'
import type { MessageRow } from '../../api/types'
import { messageApi } from '../../lib/messagePaths'
import { say } from '../../ui/notify'

/** Sends a message again, or notes that its reader was reached otherwise. */
export function useSeeTo(iterationId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ message, note }: { message: MessageRow; note: string | null }) =>
      note === null ? post(messageApi.resend(message.id)) : post(messageApi.handled(message.id), { note }),
    onSuccess: (_answer, { message, note }) =>
      say(note === null ? `The message to ${message.recipient} is on its way again.` : `Noted: ${message.recipient} was reached.`),
    onSettled: () => cache.invalidateQueries({ queryKey: messageKeys.undelivered(iterationId) }),
  })
}
