/** Where the page asks for messages and the templates they are made of. */
import { api, writeSearch } from './paths'

const part = encodeURIComponent
const templates = (migrationId: string) => `${api.migration(migrationId)}/message-templates`
const template = (migrationId: string, occasion: string) => `${templates(migrationId)}/${part(occasion)}`

export const messageApi = {
  /** Those that failed or may not have arrived, and nobody has seen to. */
  undelivered: (iterationId: string) => api.messages(iterationId) + writeSearch({ care: 'true' }),
  resend: (id: string) => `/messages/${part(id)}/resend`,
  handled: (id: string) => `/messages/${part(id)}/handled`,
  activation: (iterationId: string, code: string) => `${api.iteration(iterationId)}/steps/${part(code)}/activation-message`,
  templates,
  template,
  preview: (migrationId: string, occasion: string) => `${template(migrationId, occasion)}/preview`,
}
