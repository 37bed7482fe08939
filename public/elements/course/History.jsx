// Everything that was changed, newest first: who, when, what; with undo, and the way back to any state.
import { useContext, useEffect, useState } from "react"
import { ChevronRight } from "lucide-react"
import { Rows } from "../changes/Rows"
import { Editing } from "./live"

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" })

function ago(then) {
  const minutes = Math.floor((Date.now() - then) / 60000)
  if (minutes < 1) return "just now"
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ago` : day.format(then)
}

function Diff({ courseId, number }) {
  const { read } = window.lectern
  const [change, setChange] = useState(null)
  const [error, setError] = useState("")
  useEffect(() => {
    read(`/api/courses/${courseId}/revisions/${number}`)
      .then(setChange)
      .catch((problem) => setError(problem.message))
  }, [number])
  if (!change) return <p className="lx-quiet">{error || "…"}</p>
  return <Rows change={change} />
}

// An undo that later changes built on says so, and offers what is possible.
function Choices({ problem, onReach }) {
  return (
    <div className="lx-clash" role="alert">
      <p>{problem.message.replace(/ Say “undo.*$/, "")}</p>
      {problem.later ? (
        <div className="lx-actions">
          <button type="button" className="lx-do" onClick={() => onReach("with_later")}>
            Undo those too
          </button>
          <button type="button" className="lx-do" onClick={() => onReach("untouched")}>
            Undo only what nobody touched since
          </button>
        </div>
      ) : null}
    </div>
  )
}

function Step({ step, newest }) {
  const { send } = window.lectern
  const { courseId, told } = useContext(Editing)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState(null)
  const run = async (way, content) => {
    setBusy(true)
    setProblem(null)
    try {
      told(await send("POST", `/api/courses/${courseId}/revisions/${step.number}/${way}`, content, courseId))
    } catch (trouble) {
      setProblem(trouble)
    }
    setBusy(false)
  }
  const undone = step.undoneBy !== null
  return (
    <li className="lx-step" data-undone={undone}>
      <button type="button" className="lx-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="lx-icon lx-turn" />
        <span>{step.sentence}</span>
      </button>
      <div className="lx-actions lx-step-foot">
        <span className="lx-quiet" title={exact.format(new Date(step.at))}>
          {step.author} · {ago(new Date(step.at))}
        </span>
        {undone ? <span className="lx-tag">undone</span> : null}
        <span className="lx-grow" />
        {undone ? null : (
          <button type="button" className="lx-link" disabled={busy} onClick={() => run("undo", {})}>
            {step.undoes ? "Redo" : "Undo"}
          </button>
        )}
        {step.number === newest ? null : (
          <button
            type="button"
            className="lx-link"
            disabled={busy}
            title="Make the course what it was after this change"
            onClick={() => run("return")}
          >
            Go back to here
          </button>
        )}
      </div>
      {open ? <Diff courseId={courseId} number={step.number} /> : null}
      {problem ? <Choices problem={problem} onReach={(reach) => run("undo", { reach })} /> : null}
    </li>
  )
}

export function History({ revision }) {
  const { read } = window.lectern
  const { courseId } = useContext(Editing)
  const [steps, setSteps] = useState(null)
  const [more, setMore] = useState(false)
  const [author, setAuthor] = useState("")
  const [error, setError] = useState("")
  const address = `/api/courses/${courseId}/revisions`
  // All that was unfolded is read again: an undo changes what stands.
  const look = async (count) => {
    try {
      let found = []
      let page = { more: true }
      while (page.more && found.length < count) {
        page = await read(found.length ? `${address}?before=${found.at(-1).number}` : address)
        found = [...found, ...page.revisions]
      }
      setSteps(found)
      setMore(page.more)
      setError("")
    } catch (problem) {
      setError(problem.message)
    }
  }
  useEffect(() => {
    look(steps ? steps.length : 1)
  }, [revision])

  if (!steps) return <p className="lx-quiet">{error || "Looking back…"}</p>
  const authors = [...new Set(steps.map((step) => step.author))]
  return (
    <div className="lx-history">
      {authors.length > 1 ? (
        <label className="lx-line lx-quiet">
          Changes by
          <select className="lx-select lx-small" value={author} onChange={(event) => setAuthor(event.target.value)}>
            <option value="">everybody</option>
            {authors.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      ) : null}
      <ol className="lx-steps">
        {steps
          .filter((step) => !author || step.author === author)
          .map((step) => (
            <Step key={step.number} step={step} newest={steps[0].number} />
          ))}
      </ol>
      {steps.length ? null : <p className="lx-quiet">Nothing was changed yet.</p>}
      {more ? (
        <button type="button" className="lx-link" onClick={() => look(steps.length + 1)}>
          Show older changes
        </button>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
