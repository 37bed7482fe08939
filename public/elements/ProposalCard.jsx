// What agents would change, to be applied as a whole or in part, or declined. Looked up anew: others may have changed
// the course, or decided already in another tab.
import { useEffect, useState } from "react"
import { PencilLine } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Change } from "./changes/Change"
import { Rows } from "./changes/Rows"

const EVERY = 15

function Hunk({ hunk, labelOf, chosen, onChoose, busy }) {
  const applied = hunk.revision !== null
  const label = hunk.rows.map((row) => row.what).join(", ")
  return (
    <li className="lx-hunk" data-applied={applied} data-moot={Boolean(hunk.obstacle)}>
      {onChoose && !applied ? (
        <input
          type="checkbox"
          className="lx-check"
          aria-label={`Choose change ${hunk.label}: ${label}`}
          checked={chosen && !hunk.obstacle}
          disabled={busy || Boolean(hunk.obstacle)}
          onChange={(event) => onChoose(event.target.checked)}
        />
      ) : null}
      <span className="lx-number">{hunk.label}</span>
      <div className="lx-grow">
        {/\.1$/.test(hunk.label) ? <p className="lx-quiet">{hunk.told}</p> : null}
        <Rows change={hunk} bare />
        {applied ? <span className="lx-tag">applied</span> : null}
        {hunk.obstacle ? <p className="lx-bad">{hunk.obstacle}</p> : null}
        {!applied && hunk.needs.length ? (
          <p className="lx-quiet">Comes with change {hunk.needs.map(labelOf).join(" and ")}.</p>
        ) : null}
      </div>
    </li>
  )
}

function Refused({ refused, labelOf }) {
  return (
    <div className="lx-bad" role="alert">
      {refused.map((one) => (
        <p key={one.number}>
          Change {labelOf(one.number)} could not be applied: {one.why}
        </p>
      ))}
    </div>
  )
}

export default function ProposalCard() {
  const { read, send, follow } = window.lectern
  const { courseId, proposalId } = props
  const address = `/api/courses/${courseId}/proposals/${proposalId}`
  const [proposal, setProposal] = useState(null)
  const [left, setLeft] = useState([]) // the numbers taken out of the choice
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState("")
  const [refused, setRefused] = useState([])
  const decided = proposal && proposal.state !== "open"

  const look = () =>
    read(address)
      .then(setProposal)
      .catch((problem) => setError(problem.message))
  useEffect(() => follow(look, decided ? 0 : EVERY, courseId), [decided])

  const run = async (way, content) => {
    setBusy(true)
    setError("")
    setRefused([])
    try {
      const told = await send("POST", `${address}/${way}`, content, courseId)
      setRefused(told.refused || [])
    } catch (problem) {
      setError(problem.message)
    }
    await look()
    setBusy(false)
  }

  if (!proposal) return <div className="lx-card lx-slim lx-quiet">{error || "…"}</div>
  const waiting = decided ? [] : proposal.hunks.filter((hunk) => hunk.revision === null)
  const possible = waiting.filter((hunk) => !hunk.obstacle)
  const chosen = possible.filter((hunk) => !left.includes(hunk.number)).map((hunk) => hunk.number)
  // What was taken out of the choice comes along all the same when something chosen needs it.
  const brought = new Set(chosen)
  for (let size = 0; size !== brought.size; ) {
    size = brought.size
    possible.forEach((hunk) => brought.has(hunk.number) && hunk.needs.forEach((need) => brought.add(need)))
  }
  const labelOf = (number) => proposal.hunks.find((hunk) => hunk.number === number)?.label ?? number
  const choose = (number, wanted) => setLeft(wanted ? left.filter((one) => one !== number) : [...left, number])
  return (
    <div className="lx-card" data-card="proposal" data-state={proposal.state}>
      <div className="lx-head">
        <PencilLine className="lx-icon" />
        <span className="lx-title">{proposal.sentence}</span>
        <span className="lx-tag">
          {proposal.state === "open"
            ? possible.length
              ? "proposed"
              : "out of date"
            : proposal.state === "declined"
              ? "declined"
              : "applied"}
        </span>
      </div>
      {waiting.length && !possible.length ? (
        <p className="lx-quiet">The course was changed since, so none of this can be applied any more.</p>
      ) : null}
      {proposal.state === "declined" ? null : (
        <ol className="lx-hunks">
          {proposal.hunks
            .filter((hunk) => !decided || hunk.revision !== null)
            .map((hunk) => (
              <Hunk
                key={hunk.number}
                hunk={hunk}
                labelOf={labelOf}
                chosen={brought.has(hunk.number)}
                busy={busy}
                onChoose={decided || waiting.length < 2 ? null : (wanted) => choose(hunk.number, wanted)}
              />
            ))}
        </ol>
      )}
      {waiting.length ? (
        <div className="lx-actions">
          {possible.length ? (
            <Button size="sm" disabled={busy} onClick={() => run("apply", {})}>
              {waiting.length > 1 ? "Apply all" : "Apply"}
            </Button>
          ) : null}
          {waiting.length > 1 && possible.length ? (
            <Button
              size="sm"
              variant="outline"
              disabled={busy || !brought.size}
              onClick={() => run("apply", { hunks: [...brought] })}
            >
              Apply selected ({brought.size})
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" disabled={busy} onClick={() => run("decline")}>
            {proposal.revisions.length ? "Decline the rest" : possible.length ? "Decline" : "Put away"}
          </Button>
        </div>
      ) : null}
      {refused.length ? <Refused refused={refused} labelOf={labelOf} /> : null}
      {proposal.revisions.length ? (
        <ul className="lx-list">
          {proposal.revisions.map((number) => (
            <Change key={number} courseId={courseId} number={number} />
          ))}
        </ul>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
