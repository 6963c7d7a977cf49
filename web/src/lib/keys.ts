/** The keys of the page: one list, which the help shows and the page obeys. */

export type KeyAction =
  | 'help' | 'palette' | 'search' | 'down' | 'up' | 'first' | 'last' | 'open' | 'close' | 'fold' | 'unfold'
  | 'activate' | 'activateWithText' | 'start' | 'complete' | 'fail' | 'skip' | 'retry' | 'hold' | 'whatIf'
  | 'nearer' | 'farther' | 'fit' | 'toNow'
  | 'choose' | 'taken' | 'undo' | 'block' | 'reopen' | 'override' | 'waive'

export interface KeyBinding {
  action: KeyAction
  keys: string[]
  label: string
  group: 'Everywhere' | 'Move' | 'Selected step' | 'Iteration'
}

export const keyBindings: readonly KeyBinding[] = [
  { action: 'help', keys: ['?'], label: 'Show these keys', group: 'Everywhere' },
  { action: 'palette', keys: ['Mod+k'], label: 'Find a step, a page or an action', group: 'Everywhere' },
  { action: 'search', keys: ['/'], label: 'Search in the runsheet', group: 'Everywhere' },
  { action: 'close', keys: ['Escape'], label: 'Close what is open', group: 'Everywhere' },
  { action: 'down', keys: ['j', 'ArrowDown'], label: 'Next row', group: 'Move' },
  { action: 'up', keys: ['k', 'ArrowUp'], label: 'Row before', group: 'Move' },
  { action: 'first', keys: ['Home'], label: 'First row', group: 'Move' },
  { action: 'last', keys: ['End'], label: 'Last row', group: 'Move' },
  { action: 'open', keys: ['Enter'], label: 'Open the step, or fold the group', group: 'Move' },
  { action: 'fold', keys: ['ArrowLeft'], label: 'Fold', group: 'Move' },
  { action: 'unfold', keys: ['ArrowRight'], label: 'Unfold', group: 'Move' },
  { action: 'nearer', keys: ['+', '='], label: 'Nearer, in Gantt and Graph', group: 'Move' },
  { action: 'farther', keys: ['-'], label: 'Farther', group: 'Move' },
  { action: 'fit', keys: ['0'], label: 'All of it on the screen', group: 'Move' },
  { action: 'toNow', keys: ['n'], label: 'Go to now, in the Gantt', group: 'Move' },
  { action: 'activate', keys: ['a'], label: 'Activate: tell its team', group: 'Selected step' },
  { action: 'activateWithText', keys: ['Shift+a'], label: 'Activate, reading and changing the message first', group: 'Selected step' },
  { action: 'start', keys: ['s'], label: 'Start', group: 'Selected step' },
  { action: 'complete', keys: ['d'], label: 'Done; at a gate: decide', group: 'Selected step' },
  { action: 'choose', keys: [' '], label: 'Choose the step, to act on several at once; Ctrl-click too', group: 'Move' },
  { action: 'taken', keys: ['i'], label: 'I have it', group: 'Selected step' },
  { action: 'undo', keys: ['u'], label: 'Take back one’s own Done, within a minute', group: 'Selected step' },
  { action: 'block', keys: ['b'], label: 'Block, or unblock', group: 'Selected step' },
  { action: 'reopen', keys: ['r'], label: 'Reopen', group: 'Selected step' },
  { action: 'override', keys: ['o'], label: 'Start although not ready', group: 'Selected step' },
  { action: 'waive', keys: ['w'], label: 'Waive a dependency', group: 'Selected step' },
  { action: 'fail', keys: ['f'], label: 'Fail', group: 'Selected step' },
  { action: 'skip', keys: ['x'], label: 'Skip', group: 'Selected step' },
  { action: 'retry', keys: ['t'], label: 'Retry', group: 'Selected step' },
  { action: 'hold', keys: ['h'], label: 'Hold or resume', group: 'Iteration' },
  { action: 'whatIf', keys: ['Shift+w'], label: 'What if…: suppose, and see the finish; nothing is changed', group: 'Iteration' },
]

export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** Mod+k → Mod, k; the plus sign itself is one key. */
const partsOf = (binding: string): string[] => (binding === '+' ? ['+'] : binding.split('+'))

function matches(binding: string, pressed: Pressed): boolean {
  const parts = partsOf(binding)
  const key = parts.at(-1) ?? ''
  const mod = pressed.ctrlKey || pressed.metaKey
  if (parts.includes('Mod') !== mod || pressed.altKey) return false
  // A printed sign such as ? needs Shift on many keyboards: only letters ask for it by name.
  const letter = /^[a-z]$/i.test(key)
  if (letter && parts.includes('Shift') !== pressed.shiftKey) return false
  return pressed.key === key || (letter && pressed.key.toLowerCase() === key)
}

/** What a press asks for, or null. */
export function keyAction(pressed: Pressed): KeyAction | null {
  return keyBindings.find((binding) => binding.keys.some((key) => matches(key, pressed)))?.action ?? null
}

/** How a binding is printed on a key: Ctrl+K, Shift+A, J. */
export function keyLabel(binding: string, mac: boolean): string {
  const names: Record<string, string> = {
    Mod: mac ? '⌘' : 'Ctrl', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space',
  }
  return partsOf(binding)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(mac ? '' : '+')
}
