import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { NumberField } from './NumberField'

const heard: (number | null | undefined)[] = []

function Form() {
  const [value, setValue] = useState<number | null | undefined>(30)
  const change = (next: number | null | undefined) => {
    heard.push(next)
    setValue(next)
  }
  return (
    <MantineProvider>
      <NumberField label="Minutes" value={value} rules={{ whole: true, min: 1, max: 1440 }} missing="How many?" step={5} onChange={change} />
      <button type="button" onClick={() => setValue(60)}>An hour</button>
    </MantineProvider>
  )
}

async function typed(text: string): Promise<HTMLInputElement> {
  const field = screen.getByLabelText<HTMLInputElement>('Minutes')
  await userEvent.clear(field)
  if (text !== '') await userEvent.type(field, text)
  await userEvent.tab()
  return field
}

test('what is typed stays as it is, also when the field is left; what is wrong with it stands beneath', async () => {
  render(<Form />)
  const cases: [string, string][] = [
    ['-45', 'At least 1'], ['99999999', 'At most 1440'], ['1.5', 'A whole number'], ['1e3', 'Write it out in digits, such as 1000'], ['', 'How many?'],
    ['1,200', 'Is 1,200 meant as 1200 or as 1.2? Write one of these'],
  ]
  for (const [text, words] of cases) {
    const field = await typed(text)
    expect([field.value, heard.at(-1) ?? null]).toEqual([text, null])
    expect(screen.getByText(words)).toBeTruthy()
  }
})

test('a number is told, also one that is written in another way, and that is said', async () => {
  render(<Form />)
  expect((await typed('1 200')).value).toBe('1 200')
  expect(heard.at(-1)).toBe(1200)
  expect(screen.getByText('Read as 1200')).toBeTruthy()
})

test('the arrow keys move it and stop at its limits; what comes from elsewhere takes its place', async () => {
  render(<Form />)
  const field = await typed('7')
  await userEvent.type(field, '{ArrowUp}')
  expect(field.value).toBe('12')
  await userEvent.type(field, '{ArrowDown}{ArrowDown}{ArrowDown}')
  expect(field.value).toBe('2')
  await userEvent.click(screen.getByText('An hour'))
  expect(field.value).toBe('60')
})
