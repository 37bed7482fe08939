// An estimate to say yes or not now to. What became of it is looked up, so that it holds after a reload.
import { useEffect, useState } from "react"
import { Clapperboard } from "lucide-react"
import { Button } from "@/components/ui/button"

export default function RenderOffer() {
  const { read, follow, clock, about, money } = window.lectern
  const [render, setRender] = useState(null)
  const [error, setError] = useState("")
  const [asked, setAsked] = useState(false)
  const lesson = props.lesson_number

  useEffect(() => {
    const look = () =>
      read(`/api/courses/${props.courseId}/renders?lesson=${encodeURIComponent(lesson)}`)
        .then((found) => setRender(found.render))
        .catch(() => {})
    return follow(look, 6, props.courseId)
  }, [])

  const yes = async () => {
    setAsked(true)
    setError("")
    const payload = { courseId: props.courseId, lesson, title: props.lesson_title }
    const answer = await callAction({ name: "render", payload }).catch(() => null)
    const said = answer && answer.response
    if (said && said.ok) return updateElement({ ...props, answered: "yes" })
    setAsked(false)
    setError((said && said.sentence) || "That did not reach Lectern. Try again.")
  }

  const underWay = render && ["queued", "running"].includes(render.state)
  const answered = props.answered || (asked ? "yes" : "")
  return (
    <div className="lx-card" data-card="offer">
      <div className="lx-head">
        <Clapperboard className="lx-icon" />
        <span className="lx-title">
          Video of lesson {lesson} · {props.lesson_title}
        </span>
      </div>
      <dl className="lx-figures">
        <div>
          <dt>Length</dt>
          <dd>{clock(props.video_minutes * 60)} min</dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd>{money(props.cost_usd)}</dd>
          <small>{props.speech_characters.toLocaleString()} characters spoken</small>
        </div>
        <div>
          <dt>Ready in</dt>
          <dd>{props.already_rendered ? "it is ready" : about(props.wait_seconds)}</dd>
        </div>
      </dl>
      {answered === "no" ? (
        <p className="lx-quiet">Not now. Say “render lesson {lesson}” whenever you like.</p>
      ) : answered === "yes" || underWay ? (
        <p className="lx-quiet">{underWay ? "Under way: see its card." : "Asked for."}</p>
      ) : (
        <div className="lx-actions">
          <Button size="sm" onClick={yes}>
            {props.already_rendered ? "Show it" : "Yes, render it"}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => updateElement({ ...props, answered: "no" })}>
            Not now
          </Button>
        </div>
      )}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
