// What was typed for parts that others removed meanwhile: shown, to be copied or given up.
import { useContext, useState } from "react"
import { Editing } from "./live"
import { dropTyped, lostTexts } from "./typed"

export function Lost({ lesson }) {
  const { courseId } = useContext(Editing)
  const [, again] = useState(0)
  const present = [lesson.id, "new", ...lesson.objectiveIds, ...[...lesson.slides, ...lesson.quiz].map((part) => part.id)]
  const lost = lostTexts(courseId, lesson.id, present).filter((one) => one.text.trim())
  if (!lost.length) return null
  return (
    <div className="lx-clash" role="alert">
      <p>What you typed belonged to a part that is not in this lesson any more. It is kept here.</p>
      {lost.map(({ key, text }) => (
        <div key={key}>
          <blockquote className="lx-theirs">{text}</blockquote>
          <div className="lx-actions">
            <button type="button" className="lx-do" onClick={() => navigator.clipboard && navigator.clipboard.writeText(text)}>
              Copy
            </button>
            <button
              type="button"
              className="lx-link"
              onClick={() => {
                dropTyped(key, true)
                again((number) => number + 1)
              }}
            >
              Give it up
            </button>
          </div>
        </div>
      ))}
    </div>
  )
}
