/** What the API refuses, in its own words (problem+json), as one error type. */

interface ProblemBody {
  title?: string
  detail?: string
  code?: string
  hint?: string | null
  errors?: { field?: string; message?: string; detail?: string }[]
  current?: unknown
}

/** What some refusals are called here. */
const titles: Record<string, string> = {
  step_changed: 'Somebody was faster', task_changed: 'Somebody was faster', iteration_changed: 'Somebody was faster',
  already_answered: 'Answered already', already_decided: 'Decided already', not_ready: 'Not ready yet', on_hold: 'On hold',
}

/** A person at night needs no names of HTTP, where the server gives no better title. */
const phrases: Record<string, string> = {
  Forbidden: 'Not yours to do',
  'Not Found': 'Not found',
  Conflict: 'Not done',
  'Unprocessable Content': 'Not accepted',
  'Unprocessable Entity': 'Not accepted',
  'Too Many Requests': 'Too many tries',
  'Service Unavailable': 'Not possible just now',
}

const titleOf = (code: string, given = 'That did not work'): string => titles[code] ?? phrases[given] ?? given

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly hint: string | null
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`)
    this.status = status
    this.body = body
    this.code = body.code ?? 'unexpected'
    this.title = titleOf(this.code, body.title)
    this.detail = this.message
    this.hint = body.hint ?? null
  }
}

/** No answer came: what that means differs between reading and changing, and is said so. */
export function unreachable(changing: boolean): ApiProblem {
  return new ApiProblem(0, {
    code: 'unreachable',
    title: 'No answer from the server',
    detail: changing
      ? 'No answer came, so it is not known yet whether the server did it.'
      : 'The server did not answer.',
    hint: changing
      ? 'This page shows what happened as soon as the connection is back. Look before you press again.'
      : 'Nothing you did is lost. The page goes on trying by itself.',
  })
}

/** Any thrown thing as a problem, so that one place can show them all. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new ApiProblem(-1, {
    code: 'page_error',
    title: 'The page stumbled',
    detail,
    hint: 'Nothing was changed on the server by this. Reload the page to go on.',
  })
}

export const isSignedOut = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401
