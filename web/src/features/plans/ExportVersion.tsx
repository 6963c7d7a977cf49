import { type ReactNode, useState } from 'react'
import { apiBase } from '../../api/client'
import { exportApi, planForms } from '../../lib/exportPaths'
import { type ExportFile, ExportMenu } from '../../ui/ExportMenu'
import { LeftOutDialog } from './LeftOutDialog'

/** The forms in which a version is had; what a form cannot hold is said before the file is saved. */
export function ExportVersion({ id, target }: { id: string; target: ReactNode }) {
  const [asked, setAsked] = useState<ExportFile | null>(null)
  const files = planForms.map((one) => ({ ...one, href: apiBase + exportApi.planVersion(id, one.form) }))
  return (
    <>
      <ExportMenu files={files} target={target} onAsk={setAsked} />
      {asked && <LeftOutDialog versionId={id} file={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
