// What looking at a lesson by machine found: sentences, the place each is about, and the message that mends it.
import { useContext, useState } from "react"
import { AlertTriangle, ChevronRight, Lightbulb } from "lucide-react"
import { useChatData } from "@chainlit/react-client"
import { Editing } from "./live"

function Sign({ severity }) {
  return severity === "problem" ? (
    <AlertTriangle className="lx-icon lx-warn" aria-label="to mend" />
  ) : (
    <Lightbulb className="lx-icon lx-quiet" aria-label="worth a look" />
  )
}

// How the finding's place is called in the page; null for what is about the lesson as a whole.
export const anchor = ({ kind, part_id: id }) =>
  id && ["slide", "quiz_item", "objective"].includes(kind) ? `[data-part="${id}"]` : null

function Finding({ finding, onShow }) {
  const { loading } = useChatData()
  return (
    <li className="lx-finding" data-severity={finding.severity}>
      <Sign severity={finding.severity} />
      <div className="lx-grow">
        <p>{finding.sentence}</p>
        <div className="lx-actions">
          {onShow && anchor(finding) ? (
            <button type="button" className="lx-link" onClick={() => onShow(finding)}>
              Show it
            </button>
          ) : null}
          {finding.remedy ? (
            <button
              type="button"
              className="lx-link lx-ask"
              disabled={loading}
              title={`Asks: ${finding.remedy}`}
              onClick={() => window.lectern.scope.say(finding.remedy)}
            >
              Have it mended
            </button>
          ) : null}
        </div>
      </div>
    </li>
  )
}

// The findings of a lesson or of the course, folded.
export function Findings({ findings, onShow, opened }) {
  const { count } = window.lectern
  const [open, setOpen] = useState(Boolean(opened))
  if (!findings.length) return null
  const problems = findings.filter((one) => one.severity === "problem").length
  const hints = findings.length - problems
  const said = [problems ? `${problems} to mend` : "", hints ? count(hints, "hint", "hints") : ""].filter(Boolean).join(", ")
  return (
    <div className="lx-findings">
      <button type="button" className="lx-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="lx-icon lx-turn" />
        <span>{said}</span>
      </button>
      {open ? (
        <ul className="lx-list">
          {[...findings]
            .sort((one, other) => (one.severity === "problem" ? 0 : 1) - (other.severity === "problem" ? 0 : 1))
            .map((finding, place) => (
              <Finding key={place} finding={finding} onShow={onShow} />
            ))}
        </ul>
      ) : null}
    </div>
  )
}

// The problems of one part, below it.
export function About({ findings }) {
  const { editable } = useContext(Editing)
  const problems = (findings || []).filter((one) => one.severity === "problem")
  if (!editable || !problems.length) return null
  return (
    <ul className="lx-list lx-about">
      {problems.map((finding, place) => (
        <Finding key={place} finding={finding} />
      ))}
    </ul>
  )
}

// A small badge in the outline.
export function Badge({ report, onOpen }) {
  if (!report || !report.drafted) return null
  const problems = report.findings.filter((one) => one.severity === "problem").length
  if (!problems) return null
  return (
    <button
      type="button"
      className="lx-badge"
      title={`${problems} to mend: open the lesson to see`}
      aria-label={`Lesson ${report.lesson_number}: ${problems} to mend`}
      onClick={onOpen}
    >
      {problems}
    </button>
  )
}

// The sentences that findings say no document supports.
export function doubted(findings) {
  return (findings || [])
    .filter((one) => one.check === "citations")
    .flatMap((one) => [...one.remedy.matchAll(/“([^”]+)”/g), ...one.sentence.matchAll(/“([^”]+)”/g)])
    .map((match) => match[1].replace(/…$/, "").trim())
    .filter((text) => text.length > 5)
}
