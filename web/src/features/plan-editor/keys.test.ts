import { describe, expect, it } from 'vitest'
import { editorKey } from './keys'

const pressed = (key: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

describe('the keys of the editor', () => {
  it('tell undo from redo, with any of the two modifiers', () => {
    expect(editorKey(pressed('z', { ctrlKey: true }))).toBe('undo')
    expect(editorKey(pressed('Z', { metaKey: true, shiftKey: true }))).toBe('redo')
    expect(editorKey(pressed('z'))).toBeNull()
  })
  it('move with Alt alone', () => {
    expect(editorKey(pressed('ArrowUp', { altKey: true }))).toBe('moveUp')
    expect(editorKey(pressed('ArrowUp'))).toBeNull()
  })
})
