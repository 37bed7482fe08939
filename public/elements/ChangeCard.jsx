// What a turn changed: a line for each change; opened, what stood there before and after; with an undo.
// Or what changed over a span of the history, each part once.
import { useEffect, useState } from "react"
import { Change } from "./changes/Change"
import { Opened, Rows } from "./changes/Rows"

const FEW = 2

function Span({ courseId, span }) {
  const { read } = window.lectern
  const [change, setChange] = useState(null)
  const [open, setOpen] = useState(true)
  const [error, setError] = useState("")

  useEffect(() => {
    const asked = new URLSearchParams({ after: span.after, until: span.until })
    if (span.author) asked.set("author", span.author)
    read(`/api/courses/${courseId}/span?${asked}`)
      .then(setChange)
      .catch((problem) => setError(problem.message))
  }, [])

  if (!change) return <p className="lx-quiet">{error || "…"}</p>
  return (
    <div>
      <div className="lx-line">
        <Opened sentence={change.sentence} open={open} onClick={() => setOpen(!open)} />
      </div>
      {open ? <Rows change={change} /> : null}
    </div>
  )
}

export default function ChangeCard() {
  const { count } = window.lectern
  const numbers = props.numbers || []
  const [all, setAll] = useState(numbers.length <= FEW)
  return (
    <div className="lx-card lx-slim" data-card="change">
      {numbers.length > FEW ? (
        <Opened
          sentence={`${count(numbers.length, "change", "changes")} to the course`}
          open={all}
          onClick={() => setAll(!all)}
        />
      ) : null}
      {props.span ? <Span courseId={props.courseId} span={props.span} /> : null}
      {all ? (
        <ul className="lx-list">
          {numbers.map((number) => (
            <Change key={number} courseId={props.courseId} number={number} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}
