// Who may edit the course.
export function People() {
  return null
}
