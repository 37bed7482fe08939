// What was typed and is not saved yet: kept in this browser until it is saved or given up.

const PREFIX = "lectern-typed"

export const typedKey = (...names) => [PREFIX, ...names].join(":")

// {text, before, base} as it was typed, or null.
export function typed(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

export function keepTyped(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...value, tab: tab() }))
  } catch {
    // A browser that keeps nothing still saves what is typed when the field is left.
  }
}

// What another tab keeps of the same field is that tab's to drop; `whosever` drops that too.
export function dropTyped(key, whosever) {
  const kept = typed(key)
  if (kept && (whosever || kept.tab === tab())) localStorage.removeItem(key)
}

// This tab, also after it is loaded again.
function tab() {
  if (!sessionStorage.getItem(PREFIX)) sessionStorage.setItem(PREFIX, Math.random().toString(36).slice(2))
  return sessionStorage.getItem(PREFIX)
}

// Texts of this course that were typed for parts which are not there any more.
export function lostTexts(courseId, lessonId, present) {
  const start = `${typedKey(courseId, lessonId)}:`
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(start) && !present.includes(key.slice(start.length).split(":")[1]))
    .map((key) => ({ key, text: (typed(key) || {}).text || "" }))
}
