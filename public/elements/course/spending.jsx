// What a course and each of its lessons cost so far, and what may be spent.
import { useEffect, useState } from "react"

const dollars = (usd) => (usd > 0 && usd < 0.01 ? "less than 1 ¢" : `$${usd.toFixed(2)}`)

export function useSpending(courseId, revision, offered) {
  const { read } = window.lectern
  const [spending, setSpending] = useState(null)
  useEffect(() => {
    if (!offered) return undefined
    const timer = setTimeout(
      () =>
        read(`/api/courses/${courseId}/spending`)
          .then(setSpending)
          .catch(() => {}),
      1000,
    )
    return () => clearTimeout(timer)
  }, [courseId, revision, offered])
  return spending
}

// “$0.12 spent of $5.00”; nothing while nothing costs anything.
export function spentOnCourse(spending) {
  if (!spending) return ""
  const unknown = spending.unpriced.length ? `; the price of ${spending.unpriced.join(", ")} is not known` : ""
  if (spending.budget) return `${dollars(spending.cost_usd)} spent of ${dollars(spending.budget.limit_usd)}${unknown}`
  return spending.cost_usd || unknown ? `${dollars(spending.cost_usd)} spent so far${unknown}` : ""
}

export function spentOnLesson(spending, lessonId) {
  const lesson = spending && spending.lessons.find((one) => one.lesson_id === lessonId)
  return lesson && lesson.cost_usd ? `${dollars(lesson.cost_usd)} spent on this lesson` : ""
}
