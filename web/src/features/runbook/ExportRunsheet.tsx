import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { apiBase } from '../../api/client'
import { exportApi, runsheetForms } from '../../lib/exportPaths'
import { macroPlanForms, scheduleApi } from '../../lib/schedulePaths'
import { ExportMenu } from '../../ui/ExportMenu'
import { useZone } from '../../ui/zone'

/** The runsheet as a file, or the macro-plan, with states and times as they are when it is pressed, by the clock that is chosen. */
export function ExportRunsheet({ iterationId }: { iterationId: string }) {
  const { zone } = useZone()
  const files = [
    ...runsheetForms.map(({ form, ...words }) => ({ ...words, form, href: apiBase + exportApi.runsheet(iterationId, form, zone) })),
    ...macroPlanForms.map(({ form, ...words }) => ({ ...words, form, href: apiBase + scheduleApi.file(iterationId, form, zone) })),
  ]
  return (
    <ExportMenu
      files={files}
      target={<Tooltip label="Export the runsheet"><ActionIcon variant="subtle" color="gray" aria-label="Export the runsheet"><IconDownload size={17} /></ActionIcon></Tooltip>}
    />
  )
}
