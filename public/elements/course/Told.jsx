// What was just done by hand, with its undo; and what could not be done.
import { useEffect, useState } from "react"
import { X } from "lucide-react"

export function Told({ courseId, last, onClose }) {
  const { send } = window.lectern
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState("")
  const [undone, setUndone] = useState(null)
  const undo = async () => {
    setBusy(true)
    setError("")
    try {
      await send("POST", `/api/courses/${courseId}/revisions/${last.number}/undo`, {}, courseId)
      setUndone(last.number)
    } catch (problem) {
      setError(problem.message)
    }
    setBusy(false)
  }
  const over = undone === last.number
  useEffect(() => {
    if (!over) return undefined
    const timer = setTimeout(onClose, 4000)
    return () => clearTimeout(timer)
  }, [over])
  return (
    <div className="lx-told" role="status" data-bad={Boolean(last.bad || error)}>
      <span className="lx-grow">{error || (over ? `Undone: ${last.sentence}` : last.sentence)}</span>
      {last.number && !over ? (
        <button type="button" className="lx-do" disabled={busy} onClick={undo}>
          Undo
        </button>
      ) : null}
      <button type="button" className="lx-tool" aria-label="Close" onClick={onClose}>
        <X />
      </button>
    </div>
  )
}
