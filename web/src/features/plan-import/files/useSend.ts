import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { importKeys } from '../../../api/planImports'
import { ApiProblem, asProblem } from '../../../api/problem'
import type { PlanImport } from '../../../api/types'
import { upload } from '../../../api/upload'
import { importApi } from '../../../lib/importPaths'
import { announce } from '../../../ui/announce'
import { type Chosen, nameOf, whyNotSent } from './chosen'
import { pack } from './pack'

export interface Options {
  plan: string
  replace: boolean
}

export type Sending =
  | { step: 'idle' }
  | { step: 'packing' | 'sending'; name: string; share: number }
  /** All of it is there; the server reads what is small at once. */
  | { step: 'reading'; name: string }

const unreadable = () =>
  new ApiProblem(0, { title: 'A file could not be read', detail: 'Your computer gave up reading it: it was moved or changed meanwhile, or you may not read it. Nothing was sent.', hint: 'Choose the files again.' })

/** Packs what is several files, sends it, and says where it is: an import of its own, which nothing of the plan follows from yet. */
export function useSend(migrationId: string, onSent: (found: PlanImport) => void) {
  const cache = useQueryClient()
  const [state, setState] = useState<Sending>({ step: 'idle' })
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const carry = async (chosen: Chosen, { plan, replace }: Options): Promise<PlanImport> => {
    const name = nameOf(chosen.files)
    const [only] = chosen.files
    const show = (step: 'packing' | 'sending') => (share: number) => setState(share === 1 && step === 'sending' ? { step: 'reading', name } : { step, name, share })
    show('packing')(0)
    const body = chosen.files.length === 1 && only ? only.file : await pack(chosen.files, show('packing')).catch(() => { throw unreadable() })
    show('sending')(0)
    announce(`Sending ${name}.`)
    return upload<PlanImport>(importApi.create(migrationId, name, { plan: plan.trim() || undefined, replace }), body, show('sending'))
  }

  const send = async (chosen: Chosen, options: Options) => {
    const why = whyNotSent(chosen)
    setProblem(why === null ? null : new ApiProblem(0, { title: 'This was not sent.', detail: why }))
    if (why !== null) return
    try {
      const found = await carry(chosen, options)
      cache.setQueryData(importKeys.one(found.id), found)
      void cache.invalidateQueries({ queryKey: importKeys.list(migrationId) })
      onSent(found)
    } catch (error) {
      setProblem(asProblem(error))
    }
    setState({ step: 'idle' })
  }
  return { state, problem, send, forget: () => setProblem(null) }
}
