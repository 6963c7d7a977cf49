import { randomId } from '../lib/randomId'
import { apiBase } from './client'
import { ApiProblem, unreachable } from './problem'

const patienceMs = 300_000

function problemOf(request: XMLHttpRequest): ApiProblem {
  try {
    return new ApiProblem(request.status, JSON.parse(request.responseText) as ConstructorParameters<typeof ApiProblem>[1])
  } catch {
    return new ApiProblem(request.status, {
      title: 'The server could not answer',
      detail: `The server answered ${request.status} without saying why.`,
      hint: 'Reload the page to see whether the file was kept, then try again.',
    })
  }
}

/** Sends a file, telling which share of it (0 to 1) is on its way. Throws an ApiProblem as `post` does. */
export function upload<T>(path: string, file: Blob, onShare: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiBase + path)
    request.timeout = patienceMs
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-Tminus-Client', 'page')
    request.setRequestHeader('Idempotency-Key', randomId())
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onerror = request.ontimeout = () => reject(unreachable(true))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T)
      else reject(problemOf(request))
    }
    request.send(file)
  })
}
