// The documents a course is made from, and the lessons that rest on each: added, replaced, removed and brought back.
import { useContext, useRef, useState } from "react"
import { FileText, Plus } from "lucide-react"
import { Editing, useLive } from "./live"

const MOST = 12

function Lessons({ say, lessons, onOpen }) {
  const [all, setAll] = useState(false)
  const shown = all ? lessons : lessons.slice(0, MOST)
  return (
    <div className="lx-chips">
      <span className="lx-quiet">{say}</span>
      {shown.map((lesson) => (
        <button
          type="button"
          key={lesson.id}
          className="lx-source"
          title={lesson.reason || lesson.title}
          onClick={() => onOpen(lesson.id)}
        >
          {lesson.number}
        </button>
      ))}
      {shown.length < lessons.length ? (
        <button type="button" className="lx-link" onClick={() => setAll(true)}>
          and {lessons.length - shown.length} more
        </button>
      ) : null}
    </div>
  )
}

// A button that asks for a file.
function Choose({ children, className, busy, onFile }) {
  const input = useRef(null)
  return (
    <>
      <button type="button" className={className} disabled={busy} onClick={() => input.current.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-hidden="true"
        onChange={(event) => {
          const [file] = event.target.files
          event.target.value = ""
          if (file) onFile(file)
        }}
      />
    </>
  )
}

function Document({ source, newer, busy, does, onOpen }) {
  const { count } = window.lectern
  return (
    <li className="lx-document" data-gone={source.removed}>
      <div className="lx-head">
        <FileText className="lx-icon" />
        <b className="lx-grow">{source.title}</b>
        {source.removed ? <span className="lx-tag">{newer ? `replaced by “${newer.title}”` : "removed"}</span> : null}
      </div>
      <p className="lx-quiet">
        {[source.filename, `${source.words.toLocaleString()} words`, count(source.sections, "section", "sections")].join(" · ")}
      </p>
      {source.lessons.length ? (
        <Lessons say="Used by" lessons={source.lessons} onOpen={onOpen} />
      ) : (
        <p className="lx-quiet">No lesson rests on it.</p>
      )}
      {source.removed ? (
        <button type="button" className="lx-link" disabled={busy} onClick={() => does.restore(source)}>
          Bring it back
        </button>
      ) : (
        <div className="lx-actions lx-apart">
          <Choose className="lx-link" busy={busy} onFile={(file) => does.replace(source, file)}>
            Replace by a newer one…
          </Choose>
          <button type="button" className="lx-link" disabled={busy} onClick={() => does.remove(source)}>
            Remove
          </button>
        </div>
      )}
    </li>
  )
}

// What became of a replacement, in a sentence.
function replaced(found) {
  const { count } = window.lectern
  const sections = [
    [found.added, "new"],
    [found.changed, "changed"],
    [found.gone, "gone"],
  ].flatMap(([some, how]) => (some.length ? [`${some.length} ${how}`] : []))
  return [
    `“${found.new.title}” took the place of “${found.old.title}”.`,
    found.moved ? `${count(found.moved, "citation", "citations")} moved to it.` : "",
    sections.length ? `Of its sections ${sections.join(", ")}.` : "",
  ]
    .filter(Boolean)
    .join(" ")
}

function useDocuments(address, courseId, refresh) {
  const { send } = window.lectern
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState("")
  const run = (act) => async (...given) => {
    setBusy(true)
    setTold("")
    const said = await act(...given).catch((problem) => problem.message)
    await refresh()
    setTold(said)
    setBusy(false)
  }
  const attach = (file) => {
    const form = new FormData()
    form.append("file", file)
    return send("POST", address, form, courseId)
  }
  const does = {
    add: run(async (file) => `Added “${(await attach(file)).title}”.`),
    replace: run(async (source, file) => {
      const newer = await attach(file)
      return replaced(await send("POST", `${address}/${source.id}/replace`, { by: newer.id }, courseId))
    }),
    remove: run(async (source) => {
      await send("DELETE", `${address}/${source.id}`, undefined, courseId)
      return `Removed “${source.title}”. It can be brought back.`
    }),
    restore: run(async (source) => {
      await send("POST", `${address}/${source.id}/restore`, undefined, courseId)
      return `“${source.title}” is there again.`
    }),
  }
  return { busy, told, does }
}

export function Documents({ onOpen }) {
  const { courseId } = useContext(Editing)
  const address = `/api/courses/${courseId}/documents`
  const { content, error, refresh } = useLive(address, 8, courseId)
  const { busy, told, does } = useDocuments(address, courseId, refresh)
  if (!content) return <p className="lx-quiet">{error || "Looking up the documents…"}</p>
  const all = [...content.documents, ...content.removed]
  return (
    <div className="lx-documents">
      {content.stale.length ? (
        <Lessons say="To be looked at again:" lessons={content.stale} onOpen={onOpen} />
      ) : null}
      {all.length ? null : <p className="lx-quiet">This course has no documents.</p>}
      <ul className="lx-list">
        {all.map((source) => (
          <Document
            key={source.id}
            source={source}
            newer={all.find((one) => one.number === source.replaced_by)}
            busy={busy}
            does={does}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <Choose className="lx-link lx-add" busy={busy} onFile={does.add}>
        <Plus className="lx-icon" /> {busy ? "Reading…" : "Add a document"}
      </Choose>
      <p className="lx-quiet" role="status">
        {told}
      </p>
    </div>
  )
}
