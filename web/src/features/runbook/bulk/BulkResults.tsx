import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { BulkResult } from '../../../api/types'
import classes from './bulk.module.css'

/** The refusals that a problem document names, as results. */
export function refusedOf(body: object): BulkResult[] {
  const results = 'results' in body ? body.results : []
  const found = Array.isArray(results) ? (results as { code: string; problem: string; detail: string }[]) : []
  return found.map(({ code, problem, detail }) => ({ code, done: false, problem, detail }))
}

/** One line a step: done, or why not. */
export function BulkResults({ results }: { results: readonly BulkResult[] }) {
  return (
    <ul className={classes.results}>
      {results.map(({ code, done, detail }) => (
        <li key={code} data-done={done || undefined}>
          {done ? <IconCheck size={15} aria-hidden /> : <IconAlertTriangle size={15} aria-hidden />}
          <b className="num">{code}</b>
          <span>{done ? 'Done' : detail}</span>
        </li>
      ))}
    </ul>
  )
}
