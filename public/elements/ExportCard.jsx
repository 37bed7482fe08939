// A file made of the course, to keep; while it is being made, how far it is.
import { useEffect, useState } from "react"
import { CirclePause, Download, FileDown } from "lucide-react"

const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`)

export default function ExportCard() {
  const { read } = window.lectern
  const [file, setFile] = useState(null)
  const [error, setError] = useState("")
  const { exportId, label, stopped } = props
  const notes = props.notes || []
  const percent = Math.round(100 * (props.share || 0))

  useEffect(() => {
    if (exportId) read(`/api/exports/${exportId}`).then(setFile).catch((problem) => setError(problem.message))
  }, [exportId])

  if (stopped)
    return (
      <div className="lx-card" data-card="export" data-state="stopped">
        <div className="lx-head">
          <CirclePause className="lx-icon lx-quiet" />
          <span className="lx-title lx-grow">{label}</span>
          <span className="lx-quiet">stopped</span>
        </div>
      </div>
    )
  if (!exportId)
    return (
      <div className="lx-card" data-card="export" data-state="making">
        <div className="lx-head">
          <FileDown className="lx-icon" />
          <span className="lx-title lx-grow">{label}</span>
          <span className="lx-quiet">{percent}%</span>
        </div>
        <div className="lx-bar" role="progressbar" aria-valuenow={percent} aria-valuemax={100}>
          <span style={{ width: `${Math.max(3, percent)}%` }} />
        </div>
      </div>
    )
  if (error) return <div className="lx-card lx-quiet">{error}</div>
  if (!file) return <div className="lx-card lx-quiet">Looking up the file…</div>
  return (
    <div className="lx-card" data-card="export" data-state="ready">
      <div className="lx-head">
        <FileDown className="lx-icon lx-good" />
        <span className="lx-title lx-grow">{file.filename}</span>
        <span className="lx-quiet">{size(file.bytes)}</span>
      </div>
      {notes.map((note, place) => (
        <p key={place} className="lx-quiet">
          {note}
        </p>
      ))}
      <div className="lx-foot">
        <span className="lx-quiet">
          {file.kind}, as of change {file.revision}
        </span>
        <a href={`/exports/${file.id}`} className="lx-link">
          <Download className="lx-icon" />
          Download
        </a>
      </div>
    </div>
  )
}
