import { createContext, useContext } from 'react'
import type { PlanWhole } from '../../api/plan'
import type { PlanIndex } from './model/tree'
import type { Send } from './useEdit'

/** What every part of the editor needs: the plan as it is, and the ways to change it and to go about in it. */
export interface EditorState {
  plan: PlanWhole
  index: PlanIndex
  mayEdit: boolean
  send: Send
  /** Shows an item beside the table and on it; undefined closes. */
  open: (code: string | undefined) => void
}

export const EditorContext = createContext<EditorState | null>(null)

export function useEditor(): EditorState {
  const state = useContext(EditorContext)
  if (!state) throw new Error('No plan is being shown here.')
  return state
}
