// A lesson: its film, its objectives, slides and questions, edited where they stand.
import { useContext, useEffect, useMemo, useRef, useState } from "react"
import { ArrowLeft, Clapperboard } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useChatData } from "@chainlit/react-client"
import { NewLine, NewQuestion, NewSlide } from "./Add"
import { Tools, useDrop } from "./Arrange"
import { Editable } from "./Editable"
import { Findings, anchor } from "./Findings"
import { Editing, useLive } from "./live"
import { Facts, Film, Standing } from "./LessonHead"
import { Lost } from "./Lost"
import { QuizItem } from "./Quiz"
import { Slide } from "./Slide"

// A picture is drawn when typing has paused: each edit is another one.
const PAUSE = 700

function useAfter(value, pause) {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

// The slides' pictures and the findings of the lesson as it is at that revision; what was known stays until then.
function useLooks(address, offered, revision) {
  const { read } = window.lectern
  const settled = useAfter(revision, PAUSE)
  const [looks, setLooks] = useState({ pictures: {}, trouble: null, findings: [] })
  useEffect(() => {
    if (!offered || !settled) return undefined
    let over = false
    const into = (change) => !over && setLooks((before) => ({ ...before, ...change(before) }))
    read(`${address}/pictures`)
      .then(({ pictures, trouble }) => {
        const known = Object.fromEntries(pictures.filter((one) => one.url).map((one) => [one.slideId, one]))
        into((before) => ({ pictures: trouble ? { ...before.pictures, ...known } : known, trouble }))
      })
      .catch(() => {})
    read(`${address}/quality`)
      .then((report) => into(() => ({ findings: report.findings || [] })))
      .catch(() => {})
    return () => {
      over = true
    }
  }, [address, offered, settled])
  return looks
}

function Objective({ id, text, place, lessonId, siblings }) {
  const part = { kind: "objective", id, parent: lessonId }
  const drop = useDrop(part, siblings)
  return (
    <li {...drop}>
      <div className="lx-with-tools">
        <div className="lx-grow">
          <Editable
            kind="objective"
            id={id}
            field="text"
            label={`Objective ${place + 1}`}
            value={text}
            words={(changed) => ({ text: changed })}
          />
        </div>
        <Tools part={part} name={place + 1} siblings={siblings} />
      </div>
    </li>
  )
}

function Objectives({ lesson }) {
  const { editable } = useContext(Editing)
  if (!lesson.objectives.length && !editable) return null
  const ids = lesson.objectiveIds || []
  return (
    <>
      <h5>After this lesson you can</h5>
      <ul className="lx-points">
        {lesson.objectives.map((text, place) =>
          editable ? (
            <Objective key={ids[place]} id={ids[place]} text={text} place={place} lessonId={lesson.id} siblings={ids} />
          ) : (
            <li key={place}>{text}</li>
          ),
        )}
      </ul>
      <NewLine kind="objective" parent={lesson.id} label="Add an objective" field="text" />
    </>
  )
}

function Parts({ lesson, looks, onSeek }) {
  const slides = lesson.slides.map((slide) => slide.id)
  const items = lesson.quiz.map((item) => item.id)
  const about = (id) => looks.findings.filter((finding) => finding.part_id === id)
  return (
    <>
      {lesson.slides.length ? <h5>Slides, and what the voice says</h5> : null}
      {looks.trouble ? <p className="lx-quiet">{looks.trouble}</p> : null}
      {lesson.slides.map((slide, place) => (
        <Slide
          key={slide.id}
          slide={slide}
          place={place}
          lessonId={lesson.id}
          siblings={slides}
          picture={looks.pictures[slide.id]}
          findings={about(slide.id)}
          onSeek={onSeek ? () => onSeek(place) : null}
        />
      ))}
      {lesson.slides.length ? null : (
        <>
          <p className="lx-quiet">This lesson is planned and not written yet.</p>
          <NewSlide lessonId={lesson.id} label="Begin it by hand: add a slide" />
        </>
      )}
      {lesson.quiz.length ? <h5>Quiz</h5> : null}
      {lesson.quiz.map((item, place) => (
        <QuizItem
          key={item.id}
          item={item}
          place={place}
          lessonId={lesson.id}
          objectives={lesson.objectives}
          siblings={items}
          findings={about(item.id)}
        />
      ))}
      {lesson.slides.length ? <NewQuestion lessonId={lesson.id} /> : null}
    </>
  )
}

export function Lesson({ lessonId, view, wanted, back, onBack, spent, line }) {
  const { loading } = useChatData()
  const around = useContext(Editing)
  const { courseId } = around
  const address = `/api/courses/${courseId}/lessons/${lessonId}`
  const { content: lesson, error, refresh } = useLive(`${address}?view=${view}`, 5, courseId)
  const editable = Boolean(lesson && lesson.editable)
  const looks = useLooks(address, editable && lesson.slides.length > 0, lesson && lesson.courseRevision)
  const top = useRef(null)
  const film = useRef(null)
  const editing = useMemo(
    () => ({ ...around, lessonId, refresh, editable, revision: lesson ? lesson.courseRevision : null }),
    [around, lessonId, lesson, refresh],
  )

  const ready = lesson && lesson.render && lesson.render.state === "done"
  const show = (selector) => {
    const there = selector && top.current && top.current.querySelector(selector)
    if (!there) return
    there.scrollIntoView({ block: "center", behavior: "smooth" })
    there.classList.add("lx-shown")
    setTimeout(() => there.classList.remove("lx-shown"), 4000)
  }
  const seek = (slide) => {
    if (!film.current) return
    film.current.currentTime = lesson.render.slides[slide] || 0
    film.current.play().catch(() => {})
    film.current.scrollIntoView({ block: "nearest", behavior: "smooth" })
  }

  useEffect(() => {
    if (!lesson || !wanted || !top.current) return
    if (typeof wanted === "string") return show(`[data-part="${wanted}"]`)
    if (ready && film.current) film.current.currentTime = lesson.render.slides[wanted - 1] || 0
    show(`[data-slide="${wanted}"]`)
  }, [Boolean(lesson), wanted])

  if (!lesson) return <p className="lx-quiet">{error || "Opening the lesson…"}</p>
  const underWay = lesson.render && ["queued", "running"].includes(lesson.render.state)
  return (
    <Editing.Provider value={editing}>
      <div ref={top} className="lx-lesson">
        <button type="button" className="lx-link lx-back" onClick={onBack}>
          <ArrowLeft className="lx-icon" /> {back}
        </button>
        <h3 className="lx-heading">
          <span className="lx-number">{lesson.number}</span>
          <div className="lx-grow">
            <Editable
              kind="lesson"
              id={lesson.id}
              field="title"
              label="Title of the lesson"
              value={lesson.title}
              words={(title) => ({ title })}
            />
          </div>
        </h3>
        <Facts lesson={lesson} />
        {spent ? <p className="lx-quiet">{spent}</p> : null}
        <Film lesson={lesson} film={film} />
        {editable && lesson.slides.length && !underWay && !ready ? (
          <Button
            size="sm"
            variant="outline"
            disabled={loading}
            onClick={() => window.lectern.scope.say(`Render lesson ${lesson.number}`)}
          >
            <Clapperboard /> Make its video
          </Button>
        ) : null}
        {editable && lesson.slides.length ? (
          <Findings findings={looks.findings} onShow={(finding) => show(anchor(finding))} />
        ) : null}
        {editable && line ? <Standing line={line} /> : null}
        {editable ? <Lost lesson={lesson} /> : null}
        <Objectives lesson={lesson} />
        <Parts lesson={lesson} looks={looks} onSeek={ready ? seek : null} />
        {error ? <p className="lx-bad">{error}</p> : null}
      </div>
    </Editing.Provider>
  )
}
