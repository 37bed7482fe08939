// What a turn changed: a line for each change; opened, what stood there before and after; with an undo.
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

function Change({ courseId, number }) {
  const { read, follow } = window.lectern
  const [change, setChange] = useState(null)
  const [open, setOpen] = useState(false)
  const [error, setError] = useState("")
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    const look = () =>
      read(`/api/courses/${courseId}/revisions/${number}`)
        .then(setChange)
        .catch((problem) => setError(problem.message))
    return follow(look, 0, courseId)
  }, [])

  const undo = async () => {
    setBusy(true)
    setError("")
    const answer = await callAction({ name: "undo", payload: { courseId, number } }).catch(() => null)
    const said = answer && answer.response
    if (said && said.ok) setChange({ ...change, undone: true })
    else setError((said && said.sentence) || "That did not reach Lectern. Try again.")
    setBusy(false)
  }

  if (!change) return <li className="lx-quiet">{error || "…"}</li>
  return (
    <li data-undone={change.undone}>
      <div className="lx-line">
        <button type="button" className="lx-open" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight className="lx-icon lx-turn" />
          <span>{change.sentence}</span>
        </button>
        {change.undone ? (
          <span className="lx-tag">undone</span>
        ) : (
          <Button size="sm" variant="ghost" onClick={undo} disabled={busy} title="Take this change back">
            <Undo2 /> Undo
          </Button>
        )}
      </div>
      {open ? (
        <div className="lx-changes">
          {change.rows.map((row, place) => (
            <Row key={place} row={row} />
          ))}
          {change.more ? <p className="lx-quiet">… and {change.more} more parts</p> : null}
        </div>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
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
        <button type="button" className="lx-open" aria-expanded={all} onClick={() => setAll(!all)}>
          <ChevronRight className="lx-icon lx-turn" />
          <span>{count(numbers.length, "change", "changes")} to the course</span>
        </button>
      ) : null}
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
