import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patch, post, remove } from '../../api/client'
import { type CommentKind, spoken } from '../../api/spoken'
import type { Comment, CommentAnswer } from '../../api/types'
import { spokenApi } from '../../lib/spokenPaths'

export interface Said {
  body: string
  kind: CommentKind
  stepCode?: string | undefined
}

function useChanged(iterationId: string) {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: spoken.comments(iterationId) })
}

/** Says something; the server answers which words after an @ name nobody. */
export function useSay(iterationId: string, onDone: (answer: CommentAnswer) => void) {
  const changed = useChanged(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (said: Said) => post<CommentAnswer>(spokenApi.comments(iterationId), said),
    onSuccess: async (answer) => {
      await changed()
      onDone(answer)
    },
  })
}

/** Changes one's own words, as they were read. */
export function useEditComment(iterationId: string, comment: Comment, onDone: (answer: CommentAnswer) => void) {
  const changed = useChanged(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: (body: string) => patch<CommentAnswer>(spokenApi.comment(comment.id), comment.version, { body }),
    onSuccess: async (answer) => {
      await changed()
      onDone(answer)
    },
    onError: () => void changed(),
  })
}

/** Takes one's own words back; their place stays. */
export function useDeleteComment(iterationId: string, comment: Comment) {
  const changed = useChanged(iterationId)
  return useMutation({
    mutationFn: () => remove(spokenApi.comment(comment.id, comment.version)),
    onSettled: () => void changed(),
  })
}
