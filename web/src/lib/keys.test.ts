import { expect, test } from 'vitest'
import { keyAction, keyBindings, keyLabel } from './keys'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

test('letters act, with Shift they act otherwise or not at all', () => {
  expect(press('a')).toBe('activate')
  expect(press('A', { shiftKey: true })).toBe('activateWithText')
  expect(press('S', { shiftKey: true })).toBeNull()
  expect(press('?', { shiftKey: true })).toBe('help')
})

test('the browser keeps its own shortcuts', () => {
  expect(press('s', { ctrlKey: true })).toBeNull()
  expect(press('d', { altKey: true })).toBeNull()
  expect(press('k', { metaKey: true })).toBe('palette')
  expect(press('k', { ctrlKey: true })).toBe('palette')
  expect(press('k')).toBe('up')
})

test('no key is given twice', () => {
  const all = keyBindings.flatMap(({ keys }) => keys)
  expect(new Set(all).size).toBe(all.length)
})

test('keys are printed as on the keyboard', () => {
  expect(keyLabel('Mod+k', false)).toBe('Ctrl+K')
  expect(keyLabel('Mod+k', true)).toBe('⌘K')
  expect(keyLabel('ArrowDown', false)).toBe('↓')
})

test('signs are keys too', () => {
  expect(press('+', { shiftKey: true })).toBe('nearer')
  expect(press('-')).toBe('farther')
  expect(press('+', { ctrlKey: true })).toBeNull()
  expect(keyLabel('+', false)).toBe('+')
})
