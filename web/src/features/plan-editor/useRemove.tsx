import { type ReactNode, useState } from 'react'
import type { Level, UsedBy } from '../../api/plan'
import { say } from '../../ui/notify'
import { useEditor } from './context'
import { levelWord } from './model/tree'
import { RemoveDialog, type Used } from './RemoveDialog'

/** Removes a thing: at once where nothing names it, else after showing what does. */
export function useRemove(onRemoved: (code: string) => void = () => undefined): { remove: (level: Level, code: string) => void; dialog: ReactNode } {
  const { send } = useEditor()
  const [used, setUsed] = useState<Used | null>(null)
  const done = (level: Level, code: string) => {
    setUsed(null)
    say(`${levelWord[level] ?? ''} ${code} is removed. Undo brings it back.`)
    onRemoved(code)
  }
  const remove = (level: Level, code: string) =>
    send({
      edits: [{ op: 'remove', level, code }],
      onDone: () => done(level, code),
      onRefused: (problem) => {
        const { usedBy } = problem.body as { usedBy?: UsedBy[] }
        if (problem.code !== 'in_use' || !usedBy) return false
        setUsed({ level, code, usedBy })
        return true
      },
    })
  const dialog = used && <RemoveDialog used={used} onClose={() => setUsed(null)} onRemoved={() => done(used.level, used.code)} />
  return { remove, dialog }
}
