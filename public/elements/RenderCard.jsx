// How far a render is: the stage, the percentage, and a way to end it.
import { useEffect, useState } from "react"
import { AlertTriangle, CheckCircle2, Clapperboard, XCircle } from "lucide-react"
import { Button } from "@/components/ui/button"

const STAGES = [
  ["speech", "Voice"],
  ["pictures", "Slides"],
  ["film", "Film"],
  ["upload", "Storing"],
]

export default function RenderCard() {
  const { read, follow, clock } = window.lectern
  const [job, setJob] = useState(null)
  const [error, setError] = useState("")
  const [ending, setEnding] = useState(false)
  const over = job && ["done", "failed", "cancelled"].includes(job.state)

  useEffect(() => {
    const look = () =>
      read(`/api/renders/${props.jobId}`)
        .then((found) => {
          setJob(found)
          setError("")
        })
        .catch((problem) => setError(problem.message))
    return follow(look, over ? 0 : 1.5, null)
  }, [over])

  const cancel = async () => {
    setEnding(true)
    const answer = await callAction({ name: "cancel_render", payload: { jobId: props.jobId } }).catch(() => null)
    const said = answer && answer.response
    if (!said || !said.ok) setError((said && said.sentence) || "That did not reach Lectern. Try again.")
    setEnding(false)
  }

  if (error && !job) return <div className="lx-card lx-quiet">{error}</div>
  if (!job) return <div className="lx-card lx-quiet">Looking up the video…</div>
  const percent = Math.round(job.progress * 100)
  const at = STAGES.findIndex(([stage]) => stage === job.stage)
  const again = () =>
    callAction({ name: "render", payload: { courseId: job.courseId, lesson: job.lessonNumber } }).catch(() =>
      setError("That did not reach Lectern. Try again."),
    )
  return (
    <div className="lx-card" data-card="render" data-state={job.state}>
      <div className="lx-head">
        {job.state === "done" ? (
          <CheckCircle2 className="lx-icon lx-good" />
        ) : job.state === "failed" ? (
          <AlertTriangle className="lx-icon lx-bad" />
        ) : job.state === "cancelled" ? (
          <XCircle className="lx-icon lx-quiet" />
        ) : (
          <Clapperboard className="lx-icon" />
        )}
        <span className="lx-title">
          Lesson {job.lessonNumber} · {job.lessonTitle}
        </span>
        <span className="lx-quiet">
          {job.state === "done"
            ? clock(job.seconds)
            : job.state === "running"
              ? `${percent}%`
              : job.state === "queued"
                ? "in the queue"
                : job.state}
        </span>
      </div>
      {over ? null : (
        <>
          <div className="lx-bar" role="progressbar" aria-valuenow={percent} aria-valuemax={100}>
            <span style={{ width: `${Math.max(job.state === "running" ? 3 : 0, percent)}%` }} />
          </div>
          <ol className="lx-stages">
            {STAGES.map(([stage, name], place) => (
              <li key={stage} data-at={place < at ? "done" : place === at ? "now" : "later"}>
                {name}
              </li>
            ))}
          </ol>
          <div className="lx-foot">
            <span className="lx-quiet">You may close the page. The video will wait for you here.</span>
            <Button size="sm" variant="ghost" onClick={cancel} disabled={ending}>
              Cancel
            </Button>
          </div>
        </>
      )}
      {job.state === "done" ? <p className="lx-quiet">The video is in the conversation.</p> : null}
      {job.state === "failed" ? <p>{job.error || "It could not be made."}</p> : null}
      {job.state === "failed" || job.state === "cancelled" ? (
        <div className="lx-actions">
          <Button size="sm" variant="outline" onClick={again}>
            Try again
          </Button>
        </div>
      ) : null}
      {error ? <p className="lx-bad">{error}</p> : null}
    </div>
  )
}
