// Changed parts: each by its name and place, and what it says before and after, word by word.
import { useState } from "react"
import { ChevronRight } from "lucide-react"

const MARK = { same: "span", gone: "del", new: "ins" }

export function Opened({ sentence, open, onClick }) {
  return (
    <button type="button" className="lx-open" aria-expanded={open} onClick={onClick}>
      <ChevronRight className="lx-icon lx-turn" />
      <span>{sentence}</span>
    </button>
  )
}

// A long stretch that stays is left out until one asks for it.
function Stretch({ text }) {
  const [shown, setShown] = useState(false)
  if (shown) return <span>{text}</span>
  return (
    <button type="button" className="lx-more" title="Show the text between" onClick={() => setShown(true)}>
      …
    </button>
  )
}

function Field({ field }) {
  return (
    <div className="lx-field">
      <span className="lx-quiet">{field.name}</span>
      <div className="lx-text">
        {field.pieces
          ? field.pieces.map(([kind, text], place) => {
              if (kind === "more") return <Stretch key={place} text={text} />
              const Mark = MARK[kind]
              return <Mark key={place}>{text}</Mark>
            })
          : field.text || "—"}
      </div>
    </div>
  )
}

// What came or went is folded: its title says enough.
function Row({ row }) {
  const folded = row.how === "added" || row.how === "removed"
  const [open, setOpen] = useState(!folded)
  const inside = row.fields.length || row.below.length
  return (
    <div className="lx-change" data-how={row.how}>
      <div className="lx-what">
        <b>{row.what}</b>
        <span className="lx-tag">{row.told}</span>
        {folded && inside ? (
          <button type="button" className="lx-link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "Show"} {row.below.length ? `it and ${row.below.length} in it` : "it"}
          </button>
        ) : null}
      </div>
      {open ? row.fields.map((field) => <Field key={field.name} field={field} />) : null}
      {open && row.below.length ? (
        <div className="lx-below">
          {row.below.map((one) => (
            <Row key={one.id} row={one} />
          ))}
        </div>
      ) : null}
    </div>
  )
}

export function Rows({ change, bare }) {
  return (
    <div className={bare ? "lx-bare" : "lx-changes"}>
      {change.rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      {change.more ? <p className="lx-quiet">… and {change.more} more parts</p> : null}
      {change.rows.length ? null : <p className="lx-quiet">Nothing in it reads differently.</p>}
    </div>
  )
}
