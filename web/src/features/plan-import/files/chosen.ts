/** Files that were dropped or chosen, with the path of each: a folder is walked through. */

export interface ChosenFile {
  path: string
  file: File
}

/** The server takes no more at once. */
export const largest = 100 * 1024 * 1024
export const mostFiles = 10_000

const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db' || part === 'desktop.ini')

export interface Chosen {
  files: ChosenFile[]
  /** What the system keeps in folders for itself. */
  leftOut: number
}

export function withoutHidden(all: readonly ChosenFile[]): Chosen {
  const files = all.filter(({ path }) => !isHidden(path))
  return { files, leftOut: all.length - files.length }
}

export const sizeOf = (files: readonly ChosenFile[]): number => files.reduce((sum, { file }) => sum + file.size, 0)

/** What the server is told the file is called: a folder's own name, since a plan may be called by it. */
export function nameOf(files: readonly ChosenFile[]): string {
  const [first] = files
  if (!first) return 'plan'
  if (files.length === 1) return first.file.name
  const [folder = '', ...rest] = first.path.split('/')
  const common = rest.length > 0 && files.every(({ path }) => path.startsWith(`${folder}/`))
  return `${common ? folder : 'plan'}.zip`
}

/** Why nothing is sent; null where it may be. */
export function whyNotSent({ files, leftOut }: Chosen): string | null {
  if (files.length === 0) return leftOut > 0 ? 'There are only hidden files in it. Nothing was sent.' : 'There is no file in it. Nothing was sent.'
  if (files.length > mostFiles) return `These are ${files.length.toLocaleString('en')} files; ${mostFiles.toLocaleString('en')} are taken at once. Nothing was sent.`
  const size = sizeOf(files)
  if (size === 0) return files.length === 1 ? `${files[0]?.file.name ?? 'The file'} is empty. It was not sent.` : 'All these files are empty. Nothing was sent.'
  if (size > largest) return `Together they are larger than 100 MB. Nothing was sent.`
  return null
}

const childrenOf = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  // A browser hands out a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
    if (all.length > mostFiles) return all
  }
}

async function walk(entry: FileSystemEntry, into: ChosenFile[]): Promise<void> {
  if (into.length > mostFiles) return
  if (entry.isDirectory) {
    for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await walk(child, into)
    return
  }
  const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
  into.push({ path: entry.fullPath.replace(/^\//, ''), file })
}

const inOrder = (all: ChosenFile[]): ChosenFile[] => all.toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))

/** Everything that was dropped. The entries have to be asked for before anything is waited for. */
export async function dropped(transfer: DataTransfer): Promise<Chosen> {
  const plain = Array.from(transfer.files)
  const entries = Array.from(transfer.items).map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.some(({ isDirectory }) => isDirectory)) return picked(plain)
  const all: ChosenFile[] = []
  for (const entry of entries) await walk(entry, all)
  return withoutHidden(inOrder(all))
}

/** Everything that was chosen in a dialog. */
export function picked(files: Iterable<File>): Chosen {
  return withoutHidden(inOrder(Array.from(files).map((file) => ({ path: file.webkitRelativePath || file.name, file }))))
}
