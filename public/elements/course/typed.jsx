// What was typed and is not saved yet: kept in this browser until it is saved or given up.

const PREFIX = "lectern-typed"

export const typedKey = (...names) => [PREFIX, ...names].join(":")

export function typed(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

export function keepTyped(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still saves what is typed when the field is left.
  }
}

export const dropTyped = (key) => localStorage.removeItem(key)

// Texts of this course that were typed for parts which are not there any more.
export function lostTexts(courseId, lessonId, present) {
  const start = `${typedKey(courseId, lessonId)}:`
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(start) && !present.includes(key.slice(start.length).split(":")[1]))
    .map((key) => ({ key, text: (typed(key) || {}).text || "" }))
}
