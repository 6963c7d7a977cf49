/** The keys of the plan editor, beside those of every page. Pure. */
import type { Pressed } from '../../lib/keys'

export type EditorKey = 'edit' | 'add' | 'remove' | 'moveUp' | 'moveDown' | 'undo' | 'redo' | 'left' | 'right' | 'panel'

export const editorKeys: readonly { action: EditorKey; keys: string[]; label: string; group: 'Table' | 'Change' }[] = [
  { action: 'left', keys: ['ArrowLeft'], label: 'Field before; on a group: fold', group: 'Table' },
  { action: 'right', keys: ['ArrowRight'], label: 'Next field; on a group: unfold', group: 'Table' },
  { action: 'panel', keys: [' '], label: 'Open beside the table', group: 'Table' },
  { action: 'edit', keys: ['F2'], label: 'Edit the field (Enter too)', group: 'Change' },
  { action: 'add', keys: ['n'], label: 'Add below', group: 'Change' },
  { action: 'remove', keys: ['Delete'], label: 'Remove', group: 'Change' },
  { action: 'moveUp', keys: ['Alt+ArrowUp'], label: 'Move up', group: 'Change' },
  { action: 'moveDown', keys: ['Alt+ArrowDown'], label: 'Move down', group: 'Change' },
  { action: 'undo', keys: ['Mod+z'], label: 'Undo', group: 'Change' },
  { action: 'redo', keys: ['Mod+Shift+z', 'Mod+y'], label: 'Redo', group: 'Change' },
]

function matches(binding: string, pressed: Pressed): boolean {
  const parts = binding.split('+')
  const key = parts.at(-1) ?? ''
  return parts.includes('Mod') === (pressed.ctrlKey || pressed.metaKey) && parts.includes('Alt') === pressed.altKey &&
    parts.includes('Shift') === pressed.shiftKey && pressed.key.toLowerCase() === key.toLowerCase()
}

/** What a press asks the editor for, or null. */
export const editorKey = (pressed: Pressed): EditorKey | null =>
  editorKeys.find(({ keys }) => keys.some((key) => matches(key, pressed)))?.action ?? null
