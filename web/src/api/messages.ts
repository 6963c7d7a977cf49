/** Messages and their templates: where each stands in the cache. */
import { queryOptions } from '@tanstack/react-query'
import { messageApi } from '../lib/messagePaths'
import { get } from './client'
import type { ActivationMessage, List, MessageList, MessageTemplate, TemplateHistory } from './types'

export const messageKeys = {
  undelivered: (iterationId: string) => ['messages', iterationId, 'undelivered'] as const,
  templates: (migrationId: string) => ['message-templates', migrationId] as const,
  template: (migrationId: string, occasion: string) => ['message-templates', migrationId, occasion] as const,
}

/** What becomes of a message is no event: while the list is shown it is asked for anew. */
export const undeliveredQuery = (iterationId: string) =>
  queryOptions({
    queryKey: messageKeys.undelivered(iterationId),
    queryFn: () => get<MessageList>(messageApi.undelivered(iterationId)),
    refetchInterval: 5_000,
  })

/** Made anew for each look: the words name who looks, and when. */
export const activationMessageQuery = (iterationId: string, code: string) =>
  queryOptions({
    queryKey: ['activation-message', iterationId, code],
    queryFn: () => get<ActivationMessage>(messageApi.activation(iterationId, code)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const templatesQuery = (migrationId: string) =>
  queryOptions({
    queryKey: messageKeys.templates(migrationId),
    queryFn: async () => (await get<List<MessageTemplate>>(messageApi.templates(migrationId))).items,
    staleTime: 10_000,
  })

export const templateQuery = (migrationId: string, occasion: string) =>
  queryOptions({
    queryKey: messageKeys.template(migrationId, occasion),
    queryFn: () => get<TemplateHistory>(messageApi.template(migrationId, occasion)),
    staleTime: 10_000,
  })
