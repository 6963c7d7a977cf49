/** What rehearsals taught, as it is kept: a sentence, and a line of evidence for each step it rests on, with its address. Pure. */

export interface LessonLine {
  words: string
  /** The place on this page that the line speaks of; null where it names none. */
  href: string | null
}

const addressed = /^(.*) \((\/migrations\/[^\s()]+)\)$/

export const lessonLines = (lesson: string): LessonLine[] =>
  lesson.split('\n').filter((line) => line.trim() !== '').map((line) => {
    const found = addressed.exec(line)
    return { words: found?.[1] ?? line, href: found?.[2] ?? null }
  })
