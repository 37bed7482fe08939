// The outline: modules and lessons, opened by a click, renamed and arranged in place.
import { memo, useContext, useState } from "react"
import { CheckCircle2, Circle, Loader2, PlayCircle } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useChatData } from "@chainlit/react-client"
import { NewLine } from "./Add"
import { Tools, useDrop, useDropInto } from "./Arrange"
import { Editable } from "./Editable"
import { Badge } from "./Findings"
import { Editing, useParts } from "./live"

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

const idsOf = (module) => (module ? module.lessons.map((lesson) => lesson.id) : [])

function LessonLine({ lesson, module, before, behind, aims, report, onOpen }) {
  const { editable } = useContext(Editing)
  const parts = useParts()
  const [naming, setNaming] = useState(false)
  const part = { kind: "lesson", id: lesson.id, parent: module.id }
  const siblings = idsOf(module)
  const drop = useDrop(part, siblings)
  const beyond = {
    up: before && (() => parts.place("lesson", lesson.id, before.id, idsOf(before))),
    down: behind && (() => parts.place("lesson", lesson.id, behind.id, [])),
  }
  return (
    <li {...drop}>
      <div className="lx-lesson-row">
        {naming ? (
          <div className="lx-grow lx-naming">
            <Editable
              kind="lesson"
              id={lesson.id}
              field="title"
              label={`Title of lesson ${lesson.number}`}
              value={lesson.title}
              words={(title) => ({ title })}
              opened
              onDone={() => setNaming(false)}
            />
          </div>
        ) : (
          <button type="button" className="lx-lesson-line" onClick={() => onOpen(lesson.id)}>
            <State state={lesson.state} />
            <span className="lx-number">{lesson.number}</span>
            <span className="lx-grow">{lesson.title}</span>
            <span className="lx-quiet">
              {lesson.state === "rendering" ? `${Math.round(lesson.render.progress * 100)}%` : `${lesson.minutes} min`}
            </span>
          </button>
        )}
        {lesson.stale ? (
          <span className="lx-tag" title={lesson.stale}>
            outdated
          </span>
        ) : null}
        {editable ? <Badge report={report} onOpen={() => onOpen(lesson.id)} /> : null}
        {naming ? null : (
          <Tools part={part} name={lesson.number} siblings={siblings} beyond={beyond} onRename={() => setNaming(true)} />
        )}
      </div>
      {lesson.failure && !lesson.slides ? <p className="lx-reason">{lesson.failure}</p> : null}
      {aims && lesson.objectives.length ? (
        <ul className="lx-aims">
          {lesson.objectives.map((objective, place) => (
            <li key={place}>{objective}</li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function Module({ course, place, aims, reports, onOpen }) {
  const module = course.modules[place]
  const siblings = course.modules.map((one) => one.id)
  const part = { kind: "module", id: module.id, parent: course.id }
  const drop = useDrop(part, siblings)
  const into = useDropInto(module.id, idsOf(module))
  return (
    <section className="lx-module" {...drop}>
      <div className="lx-with-tools" {...into}>
        <h4 className="lx-heading">
          <span className="lx-number">{module.number}</span>
          <div className="lx-grow">
            <Editable
              kind="module"
              id={module.id}
              field="title"
              label={`Title of module ${module.number}`}
              value={module.title}
              words={(title) => ({ title })}
            />
          </div>
        </h4>
        <Tools part={part} name={module.number} siblings={siblings} />
      </div>
      <ul>
        {module.lessons.map((lesson) => (
          <LessonLine
            key={lesson.id}
            lesson={lesson}
            module={module}
            before={lesson.id === module.lessons[0].id ? course.modules[place - 1] : null}
            behind={lesson.id === module.lessons.at(-1).id ? course.modules[place + 1] : null}
            aims={aims}
            report={reports[lesson.id]}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <NewLine kind="lesson" parent={module.id} label="Add a lesson" field="title" />
    </section>
  )
}

function Steps({ course, lessons, aims, onAims }) {
  const { count } = window.lectern
  const { loading } = useChatData()
  const planned = lessons.filter((lesson) => !lesson.slides)
  const written = lessons.length - planned.length
  const { say } = window.lectern.scope
  return (
    <div className="lx-actions">
      {planned.length ? (
        <Button
          size="sm"
          disabled={loading}
          onClick={() => say(written ? "Write the lessons that are still missing." : "The outline is good. Write the lessons.")}
        >
          {written ? `Write the ${count(planned.length, "missing lesson", "missing lessons")}` : "Approve and write the lessons"}
        </Button>
      ) : null}
      {written && course.publishedRevision !== course.revision ? (
        <Button
          size="sm"
          variant={planned.length ? "outline" : "default"}
          disabled={loading}
          onClick={() => say("Publish the course.")}
        >
          {course.publishedRevision ? "Publish the changes" : "Publish"}
        </Button>
      ) : null}
      <button type="button" className="lx-link" onClick={onAims}>
        {aims ? "Hide objectives" : "Show objectives"}
      </button>
    </div>
  )
}

export const Outline = memo(function Outline({ course, reports, onOpen }) {
  const { count } = window.lectern
  const lessons = course.modules.flatMap((module) => module.lessons)
  const [aims, setAims] = useState(!lessons.some((lesson) => lesson.slides))
  const facts = [
    lessons.length ? count(course.modules.length, "module", "modules") : "",
    lessons.length ? count(lessons.length, "lesson", "lessons") : "",
    lessons.length ? `${course.minutes} min` : "",
    course.audience ? `for ${course.audience}` : "",
  ]
  return (
    <div className="lx-outline">
      {course.summary || course.editable ? (
        <Editable
          kind="course"
          id={course.id}
          field="summary"
          label="Summary of the course"
          empty="Add a summary for learners"
          several
          value={course.summary}
          words={(summary) => ({ summary })}
        />
      ) : null}
      <p className="lx-quiet">{facts.filter(Boolean).join(" · ")}</p>
      {course.editable && lessons.length ? (
        <Steps course={course} lessons={lessons} aims={aims} onAims={() => setAims(!aims)} />
      ) : null}
      {course.modules.map((module, place) => (
        <Module
          key={module.id}
          course={course}
          place={place}
          aims={aims}
          reports={reports}
          onOpen={onOpen}
        />
      ))}
      {!lessons.length ? <p className="lx-quiet">The outline will appear here.</p> : null}
      {course.modules.length ? <NewLine kind="module" parent={course.id} label="Add a module" field="title" /> : null}
    </div>
  )
})
