// A text that is edited where it stands: click, type, leave. Nothing typed is lost, and nothing of others overwritten.
import { useContext, useEffect, useRef, useState } from "react"
import { Editing } from "./live"
import { dropTyped, keepTyped, typed, typedKey } from "./typed"

const settled = () => new Promise((done) => setTimeout(done, 30))

// `words` makes of the text what is sent; `several` is for texts of paragraphs; `label` names it for who cannot see it.
// `opened` begins with editing, `onDone` is told at its end with whether it was saved, `onEnter` when Enter ended it.
export function Editable({ kind, id, field, value, words, label, several, empty, opened, onDone, onEnter, children }) {
  const { courseId, lessonId, revision, editable, refresh, told } = useContext(Editing)
  const key = typedKey(courseId, lessonId || "outline", kind, id, field)
  const [now, setNow] = useState(() => typed(key) || (opened ? { text: value, before: value, base: revision } : null))
  const [problem, setProblem] = useState(null)
  const [saving, setSaving] = useState(false)
  const [saved, setSaved] = useState(null)
  const box = useRef(null)
  const shown = useRef(null)
  const busy = useRef(false)
  const latest = useRef({})
  latest.current = { value, revision, words, now }

  useEffect(() => setSaved(null), [value])

  const begin = () => {
    const start = { text: value, before: value, base: revision }
    setProblem(null)
    setNow(start)
    setTimeout(() => {
      if (!box.current) return
      box.current.focus()
      box.current.setSelectionRange(value.length, value.length)
    })
  }
  const end = (done, again) => {
    dropTyped(key)
    setNow(null)
    setProblem(null)
    if (again) setTimeout(() => shown.current && shown.current.focus())
    if (onDone) onDone(done)
  }
  const type = (text) => {
    const next = { ...now, text }
    setNow(next)
    keepTyped(key, next)
  }

  const save = async (base, again, retried) => {
    const { text, before } = latest.current.now
    if (text.trim() === before.trim() && !problem) {
      end(true, again)
      return true
    }
    // Leaving the field by saving it also leaves it.
    if (busy.current && !retried) return false
    busy.current = true
    setSaving(true)
    try {
      const body = { base, words: latest.current.words(text) }
      const answer = await window.lectern.send("PATCH", `/api/courses/${courseId}/parts/${kind}/${id}`, body, courseId)
      setSaved(text)
      end(true, again)
      told(answer.revision)
      refresh()
      return true
    } catch (trouble) {
      if (trouble.status === 409) {
        await refresh()
        await settled()
        // Others changed something beside it: it is made again on what there is now.
        if (latest.current.value === before && !retried) return await save(latest.current.revision, again, true)
      }
      setProblem(trouble)
      return false
    } finally {
      busy.current = false
      setSaving(false)
    }
  }
  const keys = (event) => {
    if (event.key === "Escape") {
      event.preventDefault()
      end(false, true)
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey || (!several && !event.shiftKey))) {
      event.preventDefault()
      save(now.base, !onEnter).then((done) => done && onEnter && onEnter(now.text))
    }
  }

  if (!editable) return value ? children || value : null
  if (!now) {
    const text = saved === null ? value : saved
    return (
      <div
        ref={shown}
        className="lx-edit"
        data-field={field}
        role="button"
        tabIndex={0}
        title="Click to edit"
        aria-label={`${label}: ${text || "empty"}. Press Enter to edit.`}
        onClick={(event) => window.getSelection().isCollapsed && !event.target.closest("a, button") && begin()}
        onKeyDown={(event) => event.key === "Enter" && event.target === shown.current && (event.preventDefault(), begin())}
      >
        {(saved === null && children) || text || <span className="lx-quiet">{empty || `Add ${label.toLowerCase()}`}</span>}
      </div>
    )
  }
  const clash = problem && problem.status === 409
  return (
    <div className="lx-editing" data-field={field}>
      <Growing
        box={box}
        several={several}
        text={now.text}
        label={label}
        opened={opened}
        busy={saving}
        onType={type}
        onKeys={keys}
        onLeave={() => !problem && save(now.base)}
      />
      {clash ? (
        <Clash
          sentence={problem.message}
          theirs={value}
          onMine={() => save(latest.current.revision, true, true)}
          onTheirs={() => end(false, true)}
        />
      ) : problem ? (
        <div className="lx-clash" role="alert">
          <p className="lx-bad">{problem.message}</p>
          <div className="lx-actions">
            <button type="button" className="lx-do" onClick={() => save(latest.current.revision, true, true)}>
              Try again
            </button>
            <button type="button" className="lx-link" onClick={() => end(false, true)}>
              Give up
            </button>
          </div>
        </div>
      ) : (
        <small className="lx-quiet">{saving ? "Saving…" : `${several ? "Ctrl-Enter" : "Enter"} saves, Esc gives up`}</small>
      )}
    </div>
  )
}

// A text area as high as its text.
export function Growing({ box, several, text, label, opened, busy, onType, onKeys, onLeave, placeholder }) {
  const own = useRef(null)
  const area = box || own
  useEffect(() => {
    if (!area.current) return
    area.current.style.height = "auto"
    area.current.style.height = `${area.current.scrollHeight + 2}px`
  }, [text])
  return (
    <textarea
      ref={area}
      className="lx-input"
      rows={several ? 3 : 1}
      value={text}
      aria-label={label}
      autoFocus={Boolean(opened)}
      aria-busy={Boolean(busy)}
      placeholder={placeholder}
      onChange={(event) => onType(several ? event.target.value : event.target.value.replace(/\n/g, " "))}
      onKeyDown={onKeys}
      onBlur={onLeave}
    />
  )
}

function Clash({ sentence, theirs, onMine, onTheirs }) {
  return (
    <div className="lx-clash" role="alert">
      <p>{sentence.replace(/(: “[^]*”)?\. Nothing was changed\. [^]*$/, ".")}</p>
      <p className="lx-quiet">It says now:</p>
      <blockquote className="lx-theirs">{theirs || "nothing"}</blockquote>
      <p className="lx-quiet">What you typed stands above and is kept.</p>
      <div className="lx-actions">
        <button type="button" className="lx-do" onClick={onMine}>
          Keep mine
        </button>
        <button type="button" className="lx-do" onClick={onTheirs}>
          Take theirs
        </button>
      </div>
    </div>
  )
}
