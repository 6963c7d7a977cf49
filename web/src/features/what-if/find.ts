/** Finding a step by what is typed. Pure. */

interface Option { value: string; label: string }

/** What has all the words typed in its code, name or state; what begins with them first. */
export function fitting<T extends Option>(options: readonly T[], search: string): T[] {
  const asked = search.trim().toLowerCase()
  const words = asked.split(/\s+/).filter(Boolean)
  const hits = options.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  const first = hits.filter(({ label }) => label.toLowerCase().startsWith(asked))
  return [...first, ...hits.filter((one) => !first.includes(one))]
}

/** The one step that a typed text can mean, for who goes on without choosing from the list; null where there are several. */
export function meant(options: readonly Option[], typed: string): string | null {
  const asked = typed.trim().toLowerCase()
  if (asked === '') return null
  const found = fitting(options, asked)
  return options.find(({ value }) => value.toLowerCase() === asked)?.value ?? (found.length === 1 ? (found[0]?.value ?? null) : null)
}
