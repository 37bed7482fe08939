// A finished lesson. Its address is ours: who may watch is asked at every view.
import { useEffect, useState } from "react"
import { Download } from "lucide-react"

export default function LessonVideo() {
  const { read, clock } = window.lectern
  const [job, setJob] = useState(null)
  const [error, setError] = useState("")
  const [broken, setBroken] = useState(0)

  useEffect(() => {
    read(`/api/renders/${props.jobId}`).then(setJob).catch((problem) => setError(problem.message))
  }, [broken])

  if (error) return <div className="lx-card lx-quiet">{error}</div>
  if (!job) return <div className="lx-card lx-film lx-waiting" />
  const address = `/media/${props.jobId}`
  return (
    <figure className="lx-card lx-film" data-card="video">
      <video
        key={broken}
        controls
        preload="metadata"
        poster={`${address}/poster`}
        src={address}
        playsInline
        onError={() => broken < 1 && setBroken(broken + 1)}
      >
        <track kind="captions" src={`${address}/captions.vtt`} srcLang="en" label="Captions" default />
      </video>
      <figcaption>
        <span className="lx-number">{job.lessonNumber}</span>
        <span className="lx-title lx-grow">{job.lessonTitle}</span>
        <span className="lx-quiet">{clock(job.seconds)}</span>
        <a href={`${address}?download=1`} title="Keep the video as a file" className="lx-link">
          <Download className="lx-icon" />
          Download
        </a>
      </figcaption>
    </figure>
  )
}
