/** Where the page says how a migration as a whole stands. */
import { api } from './paths'

export const migrationApi = {
  status: (id: string) => `${api.migration(id)}/status`,
}
