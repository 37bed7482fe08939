// How far the lessons of a running draft are. Redrawn by the server as they move on.
import { AlertTriangle, CheckCircle2, CircleDashed, CirclePause, Loader2 } from "lucide-react"

const SAY = {
  waiting: "waiting",
  writing: "writing",
  reviewing: "reviewing",
  repairing: "mending",
  done: "written",
  failed: "not written",
  stopped: "stopped",
}

function Mark({ state }) {
  if (state === "done") return <CheckCircle2 className="lx-icon lx-good" />
  if (state === "failed") return <AlertTriangle className="lx-icon lx-bad" />
  if (state === "stopped") return <CirclePause className="lx-icon lx-quiet" />
  if (state === "waiting") return <CircleDashed className="lx-icon lx-quiet" />
  return <Loader2 className="lx-icon lx-turning" />
}

// What it has cost so far; nothing is said of what costs nothing.
function cost(lessons) {
  const ended = lessons.filter((lesson) => ["done", "failed"].includes(lesson.state))
  const unknown = ended.some((lesson) => lesson.usd === null)
  const sum = ended.reduce((all, lesson) => all + (lesson.usd || 0), 0)
  if (!sum) return unknown ? " · price not known" : ""
  return ` · ${window.lectern.money(sum)}${unknown ? " and more" : ""}`
}

export default function DraftCard() {
  const lessons = props.lessons || []
  const done = lessons.filter((lesson) => lesson.state === "done").length
  const failed = lessons.filter((lesson) => lesson.state === "failed").length
  const total = props.total || lessons.length
  const over = lessons.every((lesson) => ["done", "failed", "stopped"].includes(lesson.state))
  const heading = !over ? "Writing the lessons" : done === total ? "The lessons are written" : "Writing has ended"
  return (
    <div className="lx-card" data-card="draft" data-over={over}>
      <div className="lx-head">
        <span className="lx-title">{heading}</span>
        <span className="lx-quiet">
          {done} of {total}
          {failed ? ` · ${failed} not written` : ""}
          {cost(lessons)}
        </span>
      </div>
      <div className="lx-bar" role="progressbar" aria-valuenow={done} aria-valuemax={total}>
        <span style={{ width: `${total ? (100 * done) / total : 0}%` }} />
      </div>
      <ul className="lx-rows">
        {lessons.map((lesson) => (
          <li key={lesson.number} data-state={lesson.state}>
            <Mark state={lesson.state} />
            <span className="lx-number">{lesson.number}</span>
            <span className="lx-grow">{lesson.title}</span>
            <span className="lx-quiet">
              {SAY[lesson.state] || lesson.state}
              {lesson.usd ? ` · ${window.lectern.money(lesson.usd)}` : ""}
            </span>
            {lesson.reason ? <span className="lx-reason">{lesson.reason}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
