/** Where the page says how a migration as a whole stands. */
import { api, writeSearch } from './paths'

export const migrationApi = {
  status: (id: string) => `${api.migration(id)}/status`,
  /** Without `seen` it is only looked at; with it, just what was seen is done. */
  baseData: (id: string, fileName: string, seen?: string) =>
    `${api.migration(id)}/base-data${writeSearch({ fileName, seen, dryRun: seen === undefined ? 'true' : undefined })}`,
}
