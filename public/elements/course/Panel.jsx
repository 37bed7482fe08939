// The panel: the course's name, what can be looked at, and what was done last.
import { Component, useCallback, useEffect, useMemo, useRef, useState } from "react"
import { Documents } from "./Documents"
import { Editable } from "./Editable"
import { History } from "./History"
import { Lesson } from "./Lesson"
import { Editing, useLive } from "./live"
import { Outline } from "./Outline"
import { People } from "./People"
import { spentOnCourse, spentOnLesson, useSpending } from "./spending"
import { Told } from "./Told"

const scroller = () => {
  const panel = document.querySelector(".lx-panel")
  let box = panel && panel.parentElement
  while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement
  return box
}

// The report of each lesson; asked for once the course has rested, and by none who may only read it.
function useReports(courseId, revision, offered) {
  const { read } = window.lectern
  const [reports, setReports] = useState({})
  useEffect(() => {
    if (!offered) return undefined
    const timer = setTimeout(
      () =>
        read(`/api/courses/${courseId}/quality`)
          .then((report) => setReports(Object.fromEntries(report.lessons.map((one) => [one.lesson_id, one]))))
          .catch(() => {}),
      1500,
    )
    return () => clearTimeout(timer)
  }, [courseId, revision, offered])
  return reports
}

function Head({ course, cost }) {
  const published = course.publishedRevision
  const tag = !published ? "draft" : published === course.revision ? "published" : "changed since published"
  return (
    <header>
      <div className="lx-head">
        <h3 className="lx-grow">
          <Editable
            kind="course"
            id={course.id}
            field="title"
            label="Title of the course"
            value={course.title}
            words={(title) => ({ title })}
          />
        </h3>
        {course.editable ? <span className="lx-tag">{tag}</span> : null}
      </div>
      {cost ? <p className="lx-quiet">{cost}</p> : null}
    </header>
  )
}

function Tabs({ tabs, tab, onTab }) {
  const names = Object.keys(tabs)
  const turn = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const next = names[(names.indexOf(tab) + step + names.length) % names.length]
    onTab(next)
    document.getElementById(`lx-tab-${next}`).focus()
  }
  return (
    <div className="lx-tabs" role="tablist" aria-label="The course" onKeyDown={turn}>
      {names.map((name) => (
        <button
          type="button"
          key={name}
          id={`lx-tab-${name}`}
          role="tab"
          aria-selected={name === tab}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {tabs[name]}
        </button>
      ))}
    </div>
  )
}

// What is open, kept when the panel is closed and opened again.
function useOpen(courseId) {
  const kept = window.lectern.open && window.lectern.open.courseId === courseId ? window.lectern.open : {}
  const [open, setOpen] = useState({ lessonId: kept.lessonId || null, tab: kept.tab || "lessons", part: null })
  const scroll = useRef(0)
  const go = useCallback(
    (change) => {
      const box = scroller()
      if (change.lessonId && box) scroll.current = box.scrollTop
      setOpen((before) => {
        const next = { ...before, part: null, ...change }
        window.lectern.open = { courseId, lessonId: next.lessonId, tab: next.tab }
        return next
      })
      requestAnimationFrame(() => box && (box.scrollTop = change.lessonId ? 0 : scroll.current))
    },
    [courseId],
  )
  useEffect(() => {
    const asked = ({ detail }) => {
      if (detail.courseId === courseId) go({ lessonId: detail.lessonId, part: detail.slide || null })
    }
    const wanted = window.lectern.wanted
    if (wanted && wanted.courseId === courseId && Date.now() - wanted.at < 5000)
      go({ lessonId: wanted.lessonId, part: wanted.slide || null })
    window.addEventListener("lectern-open-lesson", asked)
    return () => window.removeEventListener("lectern-open-lesson", asked)
  }, [courseId])
  return [open, go]
}

// Trouble in one view leaves the others usable.
class Guard extends Component {
  state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  render() {
    return this.state.failed ? <p className="lx-bad">This cannot be shown just now. Reload the page.</p> : this.props.children
  }
}

function Opened({ courseId, view }) {
  const { content: course, error, refresh } = useLive(`/api/courses/${courseId}/outline?view=${view}`, 4, courseId)
  const [open, go] = useOpen(courseId)
  const [last, setLast] = useState(null)
  const editable = Boolean(course && course.editable)
  const revision = course ? course.revision : null
  const reports = useReports(courseId, revision, editable)
  const spending = useSpending(courseId, revision, editable)
  const editing = useMemo(
    () => ({
      courseId,
      revision,
      editable,
      refresh,
      told: (made) => made && setLast({ number: made.number, sentence: made.sentence }),
      failed: (problem) => setLast({ sentence: problem.message, bad: true }),
    }),
    [courseId, revision, editable, refresh],
  )
  useEffect(() => {
    if (!last) return undefined
    const timer = setTimeout(() => setLast(null), last.bad ? 15000 : 10000)
    return () => clearTimeout(timer)
  }, [last])
  const openLesson = useCallback((lessonId) => go({ lessonId }), [go])

  if (!course) return <p className="lx-quiet">{error || "Opening the course…"}</p>
  const tabs = editable ? { lessons: "Lessons", documents: "Documents", history: "History", people: "People" } : {}
  const tab = tabs[open.tab] ? open.tab : "lessons"
  return (
    <Editing.Provider value={editing}>
      {open.lessonId ? (
        <Guard key={open.lessonId}>
          <Lesson
            lessonId={open.lessonId}
            view={view}
            wanted={open.part}
            back={course.title}
            spent={spentOnLesson(spending, open.lessonId)}
            line={course.modules.flatMap((module) => module.lessons).find((one) => one.id === open.lessonId)}
            onBack={() => go({ lessonId: null })}
          />
        </Guard>
      ) : (
        <>
          <Head course={course} cost={spentOnCourse(spending)} />
          {editable ? <Tabs tabs={tabs} tab={tab} onTab={(name) => go({ tab: name })} /> : null}
          <Guard key={tab}>
            {tab === "lessons" ? (
              <Outline course={course} reports={reports} onOpen={openLesson} />
            ) : tab === "documents" ? (
              <Documents onOpen={openLesson} />
            ) : tab === "history" ? (
              <History revision={revision} />
            ) : (
              <People />
            )}
          </Guard>
        </>
      )}
      {error ? <p className="lx-bad">{error}</p> : null}
      {last ? (
        <Told key={`${last.number}-${last.sentence}`} courseId={courseId} last={last} onClose={() => setLast(null)} />
      ) : null}
    </Editing.Provider>
  )
}

export function Panel() {
  const { courseId, view } = window.lectern.scope.props
  return (
    <div className="lx-panel" data-view={view}>
      <Opened key={`${courseId}-${view}`} courseId={courseId} view={view} />
    </div>
  )
}
