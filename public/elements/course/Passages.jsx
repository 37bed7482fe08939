// The passages a slide rests on: each opens with the words that are quoted marked.
import { useContext, useState } from "react"
import { FileText } from "lucide-react"
import { Editing } from "./live"

// A passage is Markdown as it stood in the document; here it reads as text.
const plain = (text) => text.replace(/\*\*|__/g, "")

function Quoted({ text, quote }) {
  const at = quote ? text.indexOf(quote) : -1
  if (at < 0) return <>{plain(text)}</>
  return (
    <>
      {plain(text.slice(0, at))}
      <mark>{plain(quote)}</mark>
      {plain(text.slice(at + quote.length))}
    </>
  )
}

export function Passages({ citations }) {
  const { read } = window.lectern
  const { courseId } = useContext(Editing)
  const [open, setOpen] = useState(null)
  const [passage, setPassage] = useState(null)
  const [error, setError] = useState("")
  const show = (citation, place) => {
    setError("")
    setPassage(null)
    if (open === place) return setOpen(null)
    setOpen(place)
    read(`/api/courses/${courseId}/passages/${citation.passage}`)
      .then(setPassage)
      .catch((problem) => setError(problem.message))
  }
  return (
    <div className="lx-sources">
      <div className="lx-chips">
        {citations.map((citation, place) => (
          <button
            type="button"
            key={place}
            className="lx-source"
            aria-expanded={open === place}
            title={citation.quote ? `“${citation.quote}”` : "Show the passage"}
            onClick={() => show(citation, place)}
          >
            <FileText className="lx-icon" />
            {citation.passage}
          </button>
        ))}
      </div>
      {open !== null && passage ? (
        <blockquote className="lx-passage">
          <div className="lx-quiet">
            {[passage.document, passage.heading, passage.page ? `page ${passage.page}` : ""].filter(Boolean).join(" · ")}
            {passage.removed ? (
              <span className="lx-tag">{passage.replaced_by ? `replaced by “${passage.replaced_by}”` : "removed"}</span>
            ) : null}
          </div>
          <Quoted text={passage.text} quote={citations[open] && citations[open].quote} />
        </blockquote>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
