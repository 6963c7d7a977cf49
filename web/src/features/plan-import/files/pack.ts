import { Zip, ZipPassThrough } from 'fflate'
import { type ChosenFile, sizeOf } from './chosen'

/** Names in an archive are unique: of two files of one name the second gets a number. */
function distinct(paths: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return paths.map((path) => {
    const times = (seen.get(path) ?? 0) + 1
    seen.set(path, times)
    return times === 1 ? path : path.replace(/(\.[^./]*)?$/, `-${times}$1`)
  })
}

/**
 * Packs files into one ZIP, stored as they are: the page is not held up by squeezing. They are read piece by piece, so
 * that it stays alive in between. Tells which share (0 to 1) is done; rejects where a file cannot be read any more.
 */
export async function pack(files: readonly ChosenFile[], onShare: (share: number) => void): Promise<Blob> {
  const parts: BlobPart[] = []
  const failures: Error[] = []
  const zip = new Zip((error, piece) => {
    if (error) failures.push(error)
    else parts.push(piece.slice())
  })
  const names = distinct(files.map(({ path }) => path))
  const total = Math.max(1, sizeOf(files))
  let done = 0
  for (const [i, { file }] of files.entries()) {
    const entry = new ZipPassThrough(names[i] ?? file.name)
    zip.add(entry)
    const reader = file.stream().getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      entry.push(piece.value)
      done += piece.value.length
      onShare(done / total)
    }
    entry.push(new Uint8Array(0), true)
  }
  zip.end()
  const [failure] = failures
  if (failure) throw failure
  return new Blob(parts, { type: 'application/zip' })
}
