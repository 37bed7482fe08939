// The documents a course is made from, and the lessons that rest on each.
import { useContext, useState } from "react"
import { FileText } from "lucide-react"
import { useChatData } from "@chainlit/react-client"
import { Editing, useLive } from "./live"

function Document({ source, onOpen }) {
  const { count } = window.lectern
  const { loading } = useChatData()
  const [sure, setSure] = useState(false)
  const gone = Boolean(source.removed)
  const ask = (words) => window.lectern.scope.say(words)
  return (
    <li className="lx-document" data-gone={gone}>
      <div className="lx-head">
        <FileText className="lx-icon" />
        <b className="lx-grow">{source.title}</b>
        {gone ? <span className="lx-tag">{source.replacedBy ? "replaced" : "removed"}</span> : null}
      </div>
      <p className="lx-quiet">
        {[source.filename, `${source.words.toLocaleString()} words`, count(source.sections, "section", "sections")].join(" · ")}
      </p>
      {source.lessons.length ? (
        <div className="lx-chips">
          <span className="lx-quiet">Used by</span>
          {source.lessons.map((lesson) => (
            <button type="button" key={lesson.id} className="lx-source" title={lesson.title} onClick={() => onOpen(lesson.id)}>
              {lesson.number}
            </button>
          ))}
        </div>
      ) : (
        <p className="lx-quiet">No lesson rests on it yet.</p>
      )}
      {gone ? (
        <button type="button" className="lx-link" disabled={loading} onClick={() => ask(`Bring the document “${source.filename}” back.`)}>
          Bring it back
        </button>
      ) : sure ? (
        <div className="lx-actions">
          <button type="button" className="lx-do" disabled={loading} onClick={() => ask(`Remove the document “${source.filename}”.`)}>
            Yes, remove it
          </button>
          <button type="button" className="lx-link" onClick={() => setSure(false)}>
            Keep it
          </button>
        </div>
      ) : (
        <button type="button" className="lx-link" disabled={loading} onClick={() => setSure(true)}>
          Remove
        </button>
      )}
    </li>
  )
}

export function Documents({ onOpen }) {
  const { courseId } = useContext(Editing)
  const { content, error } = useLive(`/api/courses/${courseId}/documents`, 8, courseId)
  if (!content) return <p className="lx-quiet">{error || "Looking up the documents…"}</p>
  return (
    <div className="lx-documents">
      <ul className="lx-list">
        {content.documents.map((source) => (
          <Document key={source.id} source={source} onOpen={onOpen} />
        ))}
      </ul>
      <p className="lx-quiet">
        {content.documents.length ? "" : "This course has no documents. "}
        To add one, attach it to a message. For a new edition, attach it and say which document it replaces.
      </p>
    </div>
  )
}
