/** The addresses of the drawn views of one iteration: its Gantt and its graph. */
import { paths, type RunsheetSearch, runsheetSearchOf, writeRunsheetSearch, writeSearch } from './paths'

/** What the Gantt's address holds: the runsheet's filters, and how near one looks. */
export interface GanttSearch extends RunsheetSearch {
  /** Pixels an hour; 0 = all of it on the screen; without it, near enough to be read. */
  zoom?: number
}

export function ganttSearchOf(record: Record<string, unknown>): GanttSearch {
  const zoom = typeof record.zoom === 'string' || typeof record.zoom === 'number' ? Number(record.zoom) : Number.NaN
  return { ...runsheetSearchOf(record), ...(Number.isFinite(zoom) && zoom >= 0 ? { zoom } : {}) }
}

/** What the graph's address holds: the step whose panel is open, and the chapters that are unfolded. */
export interface GraphSearch {
  step?: string
  open?: string[]
}

export function graphSearchOf({ step, open }: Record<string, unknown>): GraphSearch {
  // A list of codes is written as every list of an address is.
  const { chapter: codes } = runsheetSearchOf({ chapter: open })
  return { ...(typeof step === 'string' && step !== '' ? { step } : {}), ...(codes === undefined ? {} : { open: codes }) }
}

export const viewPaths = {
  gantt: (key: string, iteration: string, { zoom, ...search }: GanttSearch = {}) => {
    const filters = writeRunsheetSearch(search)
    const near = zoom === undefined ? '' : `${filters === '' ? '?' : '&'}zoom=${String(Math.round(zoom * 100) / 100)}`
    return `${paths.runsheet(key, iteration)}/gantt${filters}${near}`
  },
  graph: (key: string, iteration: string, { step, open }: GraphSearch = {}) => `${paths.runsheet(key, iteration)}/graph${writeSearch({ step, open })}`,
}
