import { randomId } from '../lib/randomId'
import { once } from './once'
import { ApiProblem, unreachable } from './problem'

export const apiBase = '/api/v1'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Long enough for a slow night's query, short enough that a person is told. */
const patienceMs = 20_000
/** A file goes up over whatever line there is. */
const uploadPatienceMs = 180_000
const longPatienceMs = 600_000

async function answerOf(path: string, init: RequestInit, changing: boolean): Promise<Response> {
  try {
    return await fetch(apiBase + path, { ...init, credentials: 'same-origin' })
  } catch {
    // fetch throws for a cut line and for a timeout alike; both mean that no answer came.
    throw unreachable(changing)
  }
}

/** A server in front of Tminus may say 429 by itself, with no more words than how long to wait. */
function tooMany(response: Response): ApiProblem {
  const seconds = Number(response.headers.get('retry-after'))
  const wait = Number.isInteger(seconds) && seconds > 0 ? `${seconds} s` : 'a minute'
  return new ApiProblem(429, {
    code: 'too_many', title: 'Too many tries', detail: 'There were too many tries. Nothing was changed.', hint: `Wait ${wait}, then try once more.`,
  })
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? ''
  if (response.status === 429 && !type.includes('json')) return tooMany(response)
  if (!type.includes('json')) {
    return new ApiProblem(response.status, {
      title: 'The server could not answer',
      detail: `The server answered ${response.status} without saying why.`,
      hint: 'Try again in a moment; if it stays so, whoever runs the server finds the reason in its log.',
    })
  }
  return new ApiProblem(response.status, (await response.json()) as ConstructorParameters<typeof ApiProblem>[1])
}

async function send<T>(method: Method, path: string, body?: unknown, more: Record<string, string> = {}, patience?: number): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more }
  if (method !== 'GET') headers['X-Tminus-Client'] = 'page'
  if (method === 'POST') headers['Idempotency-Key'] = randomId()
  const file = body instanceof Blob
  if (body !== undefined) headers['Content-Type'] = file ? 'application/octet-stream' : 'application/json'
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(patience ?? (file ? uploadPatienceMs : patienceMs)) }
  if (body !== undefined) init.body = file ? body : JSON.stringify(body)
  const response = await answerOf(path, init, method !== 'GET')
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** Sends it; a change that is the same as the one just sent, as by a double press, is not sent a second time. */
function request<T>(method: Method, path: string, body?: unknown, more: Record<string, string> = {}, patience?: number): Promise<T> {
  const go = () => send<T>(method, path, body, more, patience)
  if (method === 'GET' || body instanceof Blob) return go()
  return once([method, path, JSON.stringify(more), JSON.stringify(body)].join(' '), go)
}

/** Reads. Throws an ApiProblem for every refusal, and when no answer comes. */
export const get = <T>(path: string): Promise<T> => request<T>('GET', path)

/** Changes. Throws an ApiProblem for every refusal, and when no answer comes. */
export const post = <T>(path: string, body: unknown = {}): Promise<T> => request<T>('POST', path, body)

/** The same for what is known to take long: an import of many thousands of rows. */
export const postPatiently = <T>(path: string, body: unknown = {}): Promise<T> => request<T>('POST', path, body, {}, longPatienceMs)

/** Replaces what is there. Throws as `post` does. */
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, body)

/** Changes some fields of what had this version when it was read. Throws as `post` does. */
export const patch = <T>(path: string, version: number, body: unknown): Promise<T> =>
  request<T>('PATCH', path, body, { 'If-Match': `"${version}"` })

export const remove = (path: string, body?: unknown): Promise<undefined> => request<undefined>('DELETE', path, body)
