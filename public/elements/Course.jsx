// The course beside the conversation: its outline, and each lesson as it is now. Read here, changed by talking.
import { useEffect, useRef, useState } from "react"
import { ArrowLeft, CheckCircle2, Circle, Clapperboard, FileText, Loader2, PlayCircle } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useChatData } from "@chainlit/react-client"

const STATES = {
  planned: ["planned", Circle, "lx-quiet"],
  drafted: ["written", CheckCircle2, "lx-good"],
  rendering: ["rendering", Loader2, "lx-turning"],
  rendered: ["with video", PlayCircle, "lx-good"],
}

function State({ state }) {
  const [say, Icon, tone] = STATES[state] || STATES.planned
  return <Icon className={`lx-icon ${tone}`} aria-label={say} title={say} />
}

// --- a slide as it reads ------------------------------------------------------------------------------------

function Points({ points, ordered }) {
  const List = ordered ? "ol" : "ul"
  return (
    <List className="lx-points">
      {points.map((point, place) => (
        <li key={place}>{point}</li>
      ))}
    </List>
  )
}

function Body({ body }) {
  switch (body.layout) {
    case "title":
      return body.subtitle ? <p>{body.subtitle}</p> : null
    case "statement":
      return <p className="lx-statement">{body.text}</p>
    case "question":
      return <p className="lx-statement">{body.question}</p>
    case "definition":
      return (
        <p>
          <b>{body.term}</b> — {body.meaning}
        </p>
      )
    case "comparison":
      return (
        <div className="lx-sides">
          {[body.left, body.right].map((side) => (
            <div key={side.heading}>
              <b>{side.heading}</b>
              <Points points={side.points} />
            </div>
          ))}
        </div>
      )
    case "process":
      return <Points points={body.steps} ordered />
    default:
      return <Points points={body.points || []} />
  }
}

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

function Sources({ courseId, citations }) {
  const { read } = window.lectern
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
            {passage.heading}
            {passage.page ? ` · page ${passage.page}` : ""}
          </div>
          <Quoted text={passage.text} quote={citations[open] && citations[open].quote} />
        </blockquote>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}

function Slide({ courseId, slide, place, onSeek }) {
  return (
    <section className="lx-slide" data-slide={place + 1}>
      <div className="lx-board" data-layout={slide.body.layout}>
        <span className="lx-place">{place + 1}</span>
        <h4>{slide.title}</h4>
        <Body body={slide.body} />
      </div>
      {slide.narration ? <p className="lx-narration">{slide.narration}</p> : null}
      <div className="lx-under">
        {slide.citations.length ? <Sources courseId={courseId} citations={slide.citations} /> : null}
        {onSeek ? (
          <button type="button" className="lx-link" onClick={onSeek}>
            <PlayCircle className="lx-icon" /> Play from here
          </button>
        ) : null}
      </div>
    </section>
  )
}

function QuizItem({ item, place }) {
  const [chosen, setChosen] = useState(null)
  return (
    <div className="lx-quiz">
      <p>
        <b>{place + 1}.</b> {item.question}
      </p>
      <div className="lx-choices">
        {item.choices.map((choice, number) => (
          <button
            type="button"
            key={number}
            data-told={chosen === null ? "" : number === item.answer ? "right" : number === chosen ? "wrong" : ""}
            onClick={() => setChosen(number)}
          >
            <span className="lx-letter">{String.fromCharCode(65 + number)}</span>
            {choice}
          </button>
        ))}
      </div>
      {chosen === null ? null : (
        <p className={chosen === item.answer ? "lx-good" : "lx-quiet"}>
          {chosen === item.answer ? "Right. " : `The answer is ${String.fromCharCode(65 + item.answer)}. `}
          {item.explanation}
        </p>
      )}
    </div>
  )
}

// --- a lesson -----------------------------------------------------------------------------------------------

function Lesson({ courseId, lessonId, view, wanted, onBack }) {
  const { read, follow, clock, count } = window.lectern
  const { loading } = useChatData()
  const [lesson, setLesson] = useState(null)
  const [error, setError] = useState("")
  const top = useRef(null)
  const film = useRef(null)

  useEffect(() => {
    const look = () =>
      read(`/api/courses/${courseId}/lessons/${lessonId}?view=${view}`)
        .then((found) => {
          setLesson(found)
          setError("")
        })
        .catch((problem) => setError(problem.message))
    return follow(look, 5, courseId)
  }, [lessonId])

  const ready = lesson && lesson.render && lesson.render.state === "done"
  const seek = (slide) => {
    if (!film.current) return
    film.current.currentTime = lesson.render.slides[slide] || 0
    film.current.play().catch(() => {})
    film.current.scrollIntoView({ block: "nearest", behavior: "smooth" })
  }

  useEffect(() => {
    if (!lesson || !wanted || !top.current) return
    if (ready && film.current) {
      film.current.currentTime = lesson.render.slides[wanted - 1] || 0
    }
    const there = top.current.querySelector(`[data-slide="${wanted}"]`)
    if (there) {
      there.scrollIntoView({ block: "center" })
      there.classList.add("lx-shown")
    }
  }, [Boolean(lesson), wanted])

  if (!lesson) return <p className="lx-quiet">{error || "Opening the lesson…"}</p>
  const underWay = lesson.render && ["queued", "running"].includes(lesson.render.state)
  return (
    <div ref={top} className="lx-lesson">
      <button type="button" className="lx-link lx-back" onClick={onBack}>
        <ArrowLeft className="lx-icon" /> Outline
      </button>
      <h3>
        <span className="lx-number">{lesson.number}</span> {lesson.title}
      </h3>
      <p className="lx-quiet">
        {lesson.minutes} min · {lesson.slides.length ? count(lesson.slides.length, "slide", "slides") : "planned"}
        {lesson.quiz.length ? ` · ${count(lesson.quiz.length, "question", "questions")}` : ""}
      </p>
      {ready ? (
        <video
          ref={film}
          className="lx-player"
          controls
          playsInline
          preload="metadata"
          poster={`/media/${lesson.render.id}/poster`}
          src={`/media/${lesson.render.id}`}
        >
          <track kind="captions" src={`/media/${lesson.render.id}/captions.vtt`} srcLang="en" label="Captions" default />
        </video>
      ) : null}
      {underWay ? (
        <div className="lx-progress">
          <div className="lx-bar">
            <span style={{ width: `${Math.max(3, lesson.render.progress * 100)}%` }} />
          </div>
          <span className="lx-quiet">The video is being made: {Math.round(lesson.render.progress * 100)}%</span>
        </div>
      ) : null}
      {lesson.editable && lesson.slides.length && !underWay && !ready ? (
        <Button
          size="sm"
          variant="outline"
          disabled={loading}
          onClick={() => sendUserMessage(`Render lesson ${lesson.number}`)}
        >
          <Clapperboard /> Make its video
        </Button>
      ) : null}
      {lesson.objectives.length ? (
        <>
          <h5>After this lesson you can</h5>
          <Points points={lesson.objectives} />
        </>
      ) : null}
      {lesson.slides.length ? <h5>Slides, and what the voice says</h5> : null}
      {lesson.slides.map((slide, place) => (
        <Slide
          key={slide.id}
          courseId={courseId}
          slide={slide}
          place={place}
          onSeek={ready ? () => seek(place) : null}
        />
      ))}
      {!lesson.slides.length ? (
        <p className="lx-quiet">This lesson is planned and not written yet.</p>
      ) : null}
      {lesson.quiz.length ? <h5>Quiz</h5> : null}
      {lesson.quiz.map((item, place) => (
        <QuizItem key={item.id} item={item} place={place} />
      ))}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}

// --- the outline --------------------------------------------------------------------------------------------

function Outline({ course, onOpen }) {
  const { count } = window.lectern
  const { loading } = useChatData()
  const lessons = course.modules.flatMap((module) => module.lessons)
  const planned = lessons.filter((lesson) => !lesson.slides)
  const written = lessons.length - planned.length
  const [aims, setAims] = useState(written === 0)
  const published = course.publishedRevision
  const tag = !published ? "draft" : published === course.revision ? "published" : "changed since published"
  return (
    <div className="lx-outline">
      <div className="lx-head">
        <h3 className="lx-grow">{course.title}</h3>
        {course.editable ? <span className="lx-tag">{tag}</span> : null}
      </div>
      {course.summary ? <p>{course.summary}</p> : null}
      <p className="lx-quiet">
        {[
          lessons.length ? count(course.modules.length, "module", "modules") : "",
          lessons.length ? count(lessons.length, "lesson", "lessons") : "",
          lessons.length ? `${course.minutes} min` : "",
          course.audience ? `for ${course.audience}` : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {course.editable && lessons.length ? (
        <div className="lx-actions">
          {planned.length ? (
            <Button
              size="sm"
              disabled={loading}
              onClick={() =>
                sendUserMessage(written ? "Write the lessons that are still missing." : "The outline is good. Write the lessons.")
              }
            >
              {written ? `Write the ${count(planned.length, "missing lesson", "missing lessons")}` : "Approve and write the lessons"}
            </Button>
          ) : null}
          {written && published !== course.revision ? (
            <Button
              size="sm"
              variant={planned.length ? "outline" : "default"}
              disabled={loading}
              onClick={() => sendUserMessage("Publish the course.")}
            >
              {published ? "Publish the changes" : "Publish"}
            </Button>
          ) : null}
          <button type="button" className="lx-link" onClick={() => setAims(!aims)}>
            {aims ? "Hide objectives" : "Show objectives"}
          </button>
        </div>
      ) : null}
      {course.modules.map((module) => (
        <section key={module.id} className="lx-module">
          <h4>
            <span className="lx-number">{module.number}</span> {module.title}
          </h4>
          <ul>
            {module.lessons.map((lesson) => (
              <li key={lesson.id}>
                <button type="button" className="lx-lesson-line" onClick={() => onOpen(lesson.id)}>
                  <State state={lesson.state} />
                  <span className="lx-number">{lesson.number}</span>
                  <span className="lx-grow">{lesson.title}</span>
                  <span className="lx-quiet">
                    {lesson.state === "rendering"
                      ? `${Math.round(lesson.render.progress * 100)}%`
                      : `${lesson.minutes} min`}
                  </span>
                </button>
                {aims && lesson.objectives.length ? (
                  <ul className="lx-aims">
                    {lesson.objectives.map((objective, place) => (
                      <li key={place}>{objective}</li>
                    ))}
                  </ul>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!lessons.length ? <p className="lx-quiet">The outline will appear here.</p> : null}
    </div>
  )
}

export default function Course() {
  const { read, follow } = window.lectern
  const { courseId, view } = props
  // Chainlit draws a panel anew when the connection comes back: what was open stays open.
  const kept = window.lectern.open && window.lectern.open.courseId === courseId ? window.lectern.open : {}
  const [course, setCourse] = useState(null)
  const [error, setError] = useState("")
  const [open, setOpen] = useState({ lessonId: kept.lessonId || null, slide: null })

  const go = (lessonId, slide) => {
    window.lectern.open = { courseId, lessonId }
    setOpen({ lessonId, slide: slide || null })
  }

  useEffect(() => {
    const look = () =>
      read(`/api/courses/${courseId}/outline?view=${view}`)
        .then((found) => {
          setCourse(found)
          setError("")
        })
        .catch((problem) => setError(problem.message))
    return follow(look, 4, courseId)
  }, [courseId, view])

  useEffect(() => {
    const asked = (event) => event.detail.courseId === courseId && go(event.detail.lessonId, event.detail.slide)
    const wanted = window.lectern.wanted
    if (wanted && wanted.courseId === courseId && Date.now() - wanted.at < 5000) go(wanted.lessonId, wanted.slide)
    window.addEventListener("lectern-open-lesson", asked)
    return () => window.removeEventListener("lectern-open-lesson", asked)
  }, [courseId])

  return (
    <div className="lx-panel" data-view={view}>
      {open.lessonId ? (
        <Lesson
          key={open.lessonId}
          courseId={courseId}
          lessonId={open.lessonId}
          view={view}
          wanted={open.slide}
          onBack={() => go(null)}
        />
      ) : course ? (
        <Outline course={course} onOpen={go} />
      ) : (
        <p className="lx-quiet">{error || "Opening the course…"}</p>
      )}
      {course && error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
