import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { post, put } from '../../api/client'
import { messageKeys } from '../../api/messages'
import type { TemplateHistory, TemplatePreview } from '../../api/types'
import { messageApi } from '../../lib/messagePaths'
import { say } from '../../ui/notify'

/** A template's two texts. */
export interface Words {
  subject: string
  body: string
}

/** With which step a preview is filled; both empty: with examples. */
export interface Place {
  iterationId: string
  stepCode: string
}

const patienceMs = 350

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patienceMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The message these words make, a moment after the last key; nothing is sent. */
export function usePreview(migrationId: string, occasion: string, words: Words, place: Place) {
  const asked = useSettled(JSON.stringify({
    ...words,
    ...(place.iterationId === '' ? {} : { iterationId: place.iterationId }),
    ...(place.iterationId === '' || place.stepCode.trim() === '' ? {} : { stepCode: place.stepCode.trim() }),
  }))
  return useQuery({
    queryKey: ['message-preview', migrationId, occasion, asked],
    queryFn: () => post<TemplatePreview>(messageApi.preview(migrationId, occasion), JSON.parse(asked)),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

/** Saves new words as the next version. */
export function useSaveTemplate(migrationId: string, occasion: string, onSaved: (history: TemplateHistory) => void) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ words, seen }: { words: Words; seen: number }) =>
      put<TemplateHistory>(messageApi.template(migrationId, occasion), { ...words, seen }),
    onSuccess: (history) => {
      cache.setQueryData(messageKeys.template(migrationId, occasion), history)
      void cache.invalidateQueries({ queryKey: messageKeys.templates(migrationId), exact: true })
      const { newest, faulty } = history.template
      if (faulty === null) say(`Version ${newest} is saved, and used from now on.`)
      else say(`Version ${newest} is saved, but it has an error: ${history.template.used.number === 0 ? 'the built-in words are' : `version ${history.template.used.number} is`} used.`, 'orange')
      onSaved(history)
    },
    onError: () => void cache.invalidateQueries({ queryKey: messageKeys.template(migrationId, occasion) }),
  })
}
