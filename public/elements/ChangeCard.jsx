// What a turn changed: a line for each change; opened, what stood there before and after; with an undo.
// Or what changed over a span of the history, each part once.
import { useEffect, useState } from "react"
import { ChevronRight, Undo2 } from "lucide-react"
import { Button } from "@/components/ui/button"

const FEW = 2

function Row({ row }) {
  return (
    <div className="lx-change" data-how={row.how}>
      <div className="lx-what">
        <b>{row.what}</b> <span className="lx-tag">{row.how}</span>
      </div>
      {row.fields.map((field) => (
        <div className="lx-field" key={field.name}>
          <span className="lx-quiet">{field.name}</span>
          {field.before ? <del>{field.before}</del> : null}
          {field.after ? <ins>{field.after}</ins> : null}
        </div>
      ))}
    </div>
  )
}

function Rows({ change }) {
  return (
    <div className="lx-changes">
      {change.rows.map((row, place) => (
        <Row key={place} row={row} />
      ))}
      {change.more ? <p className="lx-quiet">… and {change.more} more parts</p> : null}
    </div>
  )
}

function Opened({ sentence, open, onClick }) {
  return (
    <button type="button" className="lx-open" aria-expanded={open} onClick={onClick}>
      <ChevronRight className="lx-icon lx-turn" />
      <span>{sentence}</span>
    </button>
  )
}

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

function Change({ courseId, number }) {
  const { count, read, follow } = window.lectern
  const [change, setChange] = useState(null)
  const [open, setOpen] = useState(false)
  const [error, setError] = useState("")
  const [busy, setBusy] = useState(false)
  const [later, setLater] = useState([])

  useEffect(() => {
    const look = () =>
      read(`/api/courses/${courseId}/revisions/${number}`)
        .then(setChange)
        .catch((problem) => setError(problem.message))
    return follow(look, 0, courseId)
  }, [])

  const undo = async (reach) => {
    setBusy(true)
    setError("")
    const answer = await callAction({ name: "undo", payload: { courseId, number, reach } }).catch(() => null)
    const said = answer && answer.response
    if (said && said.ok) setChange({ ...change, undone: true })
    else setError((said && said.sentence) || "That did not reach Lectern. Try again.")
    setLater((said && said.later) || [])
    setBusy(false)
  }

  if (!change) return <li className="lx-quiet">{error || "…"}</li>
  return (
    <li data-undone={change.undone}>
      <div className="lx-line">
        <Opened sentence={change.sentence} open={open} onClick={() => setOpen(!open)} />
        {change.undone ? (
          <span className="lx-tag">undone</span>
        ) : (
          <Button size="sm" variant="ghost" onClick={() => undo("exact")} disabled={busy} title="Take this change back">
            <Undo2 /> Undo
          </Button>
        )}
      </div>
      {open ? <Rows change={change} /> : null}
      {error ? <p className="lx-bad">{error}</p> : null}
      {later.length ? (
        <div className="lx-line">
          <Button size="sm" variant="outline" onClick={() => undo("with_later")} disabled={busy}>
            Undo {count(later.length, "later change", "later changes")} too
          </Button>
          <Button size="sm" variant="outline" onClick={() => undo("untouched")} disabled={busy}>
            Undo only what nobody touched since
          </Button>
        </div>
      ) : null}
    </li>
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
