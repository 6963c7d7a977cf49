import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { apiBase } from '../../api/client'
import type { Board } from '../../api/types'
import { exportApi, runsheetForms } from '../../lib/exportPaths'
import { macroPlanForms, scheduleApi } from '../../lib/schedulePaths'
import { ExportMenu } from '../../ui/ExportMenu'
import { useZone } from '../../ui/zone'

/** The runsheet as a file, the macro-plan, or a team's calendar, as they are when it is pressed, by the clock that is chosen. */
export function ExportRunsheet({ board }: { board: Pick<Board, 'iteration' | 'teams' | 'steps'> }) {
  const { zone } = useZone()
  const { id } = board.iteration
  const files = [
    ...runsheetForms.map(({ form, ...words }) => ({ ...words, form, href: apiBase + exportApi.runsheet(id, form, zone) })),
    ...macroPlanForms.map(({ form, ...words }) => ({ ...words, form, href: apiBase + scheduleApi.file(id, form, zone) })),
  ]
  const busy = new Set(board.steps.map(({ teamId }) => teamId))
  const calendars = board.teams.filter(({ id: key }) => busy.has(key)).map(({ code, name }) => ({
    form: `ics ${code}`, name, holds: name === code ? '' : code, href: apiBase + scheduleApi.file(id, 'ics', zone, code),
  }))
  return (
    <ExportMenu
      files={files}
      group={{ name: 'Calendar of one team (ICS)', holds: 'The steps of one team as appointments', files: calendars }}
      target={<Tooltip label="Export the runsheet"><ActionIcon variant="subtle" color="gray" aria-label="Export the runsheet"><IconDownload size={17} /></ActionIcon></Tooltip>}
    />
  )
}
