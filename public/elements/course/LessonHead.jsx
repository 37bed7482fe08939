// What stands above a lesson's slides: its film, its figures, and what the outline knows of it.
import { useChatData } from "@chainlit/react-client"
import { Editable } from "./Editable"

export function Film({ lesson, film }) {
  const render = lesson.render
  if (!render) return null
  if (render.state === "done")
    return (
      <video
        ref={film}
        className="lx-player"
        controls
        playsInline
        preload="metadata"
        poster={`/media/${render.id}/poster`}
        src={`/media/${render.id}`}
      >
        <track kind="captions" src={`/media/${render.id}/captions.vtt`} srcLang="en" label="Captions" default />
      </video>
    )
  if (!["queued", "running"].includes(render.state)) return null
  return (
    <div className="lx-progress">
      <div className="lx-bar">
        <span style={{ width: `${Math.max(3, render.progress * 100)}%` }} />
      </div>
      <span className="lx-quiet">The video is being made: {Math.round(render.progress * 100)}%</span>
    </div>
  )
}

export function Facts({ lesson }) {
  const { count } = window.lectern
  const rest = [
    lesson.slides.length ? count(lesson.slides.length, "slide", "slides") : "planned",
    lesson.quiz.length ? count(lesson.quiz.length, "question", "questions") : "",
  ]
  return (
    <div className="lx-quiet lx-facts">
      <Editable
        kind="lesson"
        id={lesson.id}
        field="minutes"
        label="Minutes"
        value={String(lesson.minutes)}
        words={(text) => ({ minutes: Number.parseInt(text, 10) || 0 })}
      >
        {lesson.minutes} min
      </Editable>
      <span>{rest.filter(Boolean).map((one) => ` · ${one}`)}</span>
    </div>
  )
}

// What the outline knows of it: documents that say something else now, a draft that failed.
export function Standing({ line }) {
  const { loading } = useChatData()
  const failure = line.slides ? null : line.failure
  if (!line.stale && !failure) return null
  const remedy = line.stale
    ? `Rewrite lesson ${line.number} from the documents there are now.`
    : `Write lesson ${line.number}.`
  return (
    <div className="lx-clash">
      <p>{line.stale || failure}</p>
      <button
        type="button"
        className="lx-do lx-back"
        disabled={loading}
        title={`Asks: ${remedy}`}
        onClick={() => window.lectern.scope.say(remedy)}
      >
        {line.stale ? "Have it rewritten" : "Try to write it again"}
      </button>
    </div>
  )
}
