import { IconChevronDown, IconChevronRight, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiBase } from '../../../api/client'
import { importQualityQuery } from '../../../api/planImports'
import { asProblem } from '../../../api/problem'
import type { FileQuality } from '../../../api/types'
import { figure } from '../../../lib/figure'
import { importApi } from '../../../lib/importPaths'
import { ErrorState, LoadingRows } from '../../../ui/states'
import { LongList } from '../LongList'
import { few, findingWord } from '../model/words'
import classes from '../plan-import.module.css'

const total = ({ findings }: FileQuality): number => Object.values(findings).reduce((sum, n) => sum + n, 0)

function Row({ file }: { file: FileQuality }) {
  const kinds = Object.entries(file.findings).toSorted((a, b) => b[1] - a[1])
  return (
    <div className={classes.quality}>
      <span className={classes.place}>{file.file}</span>
      <span className="num dim">{few(file.rows, 'row')}</span>
      <span><b className="num">{figure(total(file))}</b> <span className="dim">{kinds.map(([kind, n]) => `${findingWord(kind).toLowerCase()} ${n.toLocaleString('en')}`).join(' · ')}</span></span>
    </div>
  )
}

function Files({ id }: { id: string }) {
  const files = useQuery(importQualityQuery(id))
  if (files.isError && !files.data) return <ErrorState problem={asProblem(files.error)} onRetry={() => void files.refetch()} />
  if (!files.data) return <LoadingRows rows={3} label="Loading the files" />
  const rows = files.data.toSorted((a, b) => total(b) - total(a))
  return <LongList label="Files by what is wrong in them" rows={rows} idOf={({ file }) => file} height={34} render={(file) => <Row file={file} />} />
}

/** What is wrong in which file as it is written, whatever is repaired: a page of its own to hand on, as CSV too. */
export function Quality({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <section className={classes.section} aria-label="Quality of each file">
      <div className={classes.sectionHead}>
        <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}><Chevron size={16} aria-hidden /> <b>Quality of each file</b></button>
        <a className={classes.file} href={apiBase + importApi.qualityFile(id)} download><IconDownload size={14} aria-hidden /> CSV</a>
      </div>
      {open && <p className={classes.lead}>As written, before any repair.</p>}
      {open && <Files id={id} />}
    </section>
  )
}
