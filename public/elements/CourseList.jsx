// The published courses, to enrol in and open.
import { useEffect, useState } from "react"
import { BookOpen } from "lucide-react"
import { Button } from "@/components/ui/button"

export default function CourseList() {
  const { read, count } = window.lectern
  const [courses, setCourses] = useState(null)
  const [error, setError] = useState("")
  const [opening, setOpening] = useState("")

  useEffect(() => {
    read("/api/courses")
      .then((found) => setCourses(found.courses))
      .catch((problem) => setError(problem.message))
  }, [])

  const open = async (course) => {
    setOpening(course.id)
    setError("")
    const answer = await callAction({ name: "open_course", payload: { courseId: course.id } }).catch(() => null)
    const said = answer && answer.response
    if (said && said.ok) setCourses(courses.map((one) => (one.id === course.id ? { ...one, enrolled: true } : one)))
    else setError((said && said.sentence) || "That did not reach Lectern. Try again.")
    setOpening("")
  }

  if (!courses) return <div className="lx-card lx-quiet">{error || "Looking up the courses…"}</div>
  if (!courses.length) return <div className="lx-card lx-quiet">No course is published yet.</div>
  return (
    <div className="lx-courses" data-card="courses">
      {courses.map((course) => (
        <div className="lx-card" key={course.id}>
          <div className="lx-head">
            <BookOpen className="lx-icon" />
            <span className="lx-title lx-grow">{course.title}</span>
          </div>
          {course.summary ? <p>{course.summary}</p> : null}
          <div className="lx-foot">
            <span className="lx-quiet">
              {[count(course.lessons, "lesson", "lessons"), `${course.minutes} min`, course.audience]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <Button
              size="sm"
              variant={course.enrolled ? "default" : "outline"}
              disabled={Boolean(opening)}
              onClick={() => open(course)}
            >
              {course.enrolled ? "Open" : "Enrol and open"}
            </Button>
          </div>
        </div>
      ))}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
