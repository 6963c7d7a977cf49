import { MantineProvider } from '@mantine/core'
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { ZonedTimeField } from './ZonedTimeField'

function Form() {
  const [value, setValue] = useState({ date: '2026-11-20', time: '18:00' })
  return <MantineProvider><ZonedTimeField label="Start" value={value} zone="Europe/Berlin" required onChange={setValue} /></MantineProvider>
}

test('a year that is being typed breaks nothing, is kept, and is asked about when the field is left', () => {
  render(<Form />)
  const field = screen.getByLabelText<HTMLInputElement>('Start: date')
  fireEvent.focus(field)
  for (const date of ['0002-11-20', '0020-11-20', '0202-11-20']) {
    fireEvent.change(field, { target: { value: date } })
    expect(field.value).toBe(date)
    expect(screen.queryByRole('alert')).toBeNull()
  }
  fireEvent.blur(field)
  expect(screen.getByRole('alert').textContent).toBe('Which year? It is from 2000 to 2199')
  fireEvent.change(field, { target: { value: '2027-11-20' } })
  expect(screen.getByText(/^Sat 20 Nov 2027 18:00 CET/)).toBeTruthy()
})

test('no text in the time breaks it', () => {
  render(<Form />)
  const field = screen.getByLabelText<HTMLInputElement>('Start: time')
  for (const time of ['', '1', '18', '18:', '99:99', 'NaN', '🙂', '-1:00', '18:0x']) {
    fireEvent.change(field, { target: { value: time } })
    expect(screen.getByRole('alert').textContent).toBe('A date, and a time such as 18:00')
  }
})
