// A document that came with a message, after a reload: its text lives on as a source of the course.
import { FileText } from "lucide-react"

export default function Attachment() {
  return (
    <div className="lx-chip" data-card="attachment">
      <FileText className="lx-icon" />
      <span>{props.name}</span>
    </div>
  )
}
