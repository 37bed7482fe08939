// One change that was made: its sentence; opened, what it changed; with an undo.
import { useEffect, useState } from "react"
import { Undo2 } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Opened, Rows } from "./Rows"

export function Change({ courseId, number }) {
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
