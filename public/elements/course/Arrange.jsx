// Moving, copying and removing a part: by buttons, and by dragging it to where it shall stand.
import { useContext, useEffect, useState } from "react"
import { ArrowDown, ArrowUp, Copy, GripVertical, MoreHorizontal, Pencil, Trash2 } from "lucide-react"
import { Editing, useParts } from "./live"

const WORDS = { module: "module", lesson: "lesson", slide: "slide", objective: "objective", quiz_item: "question" }
const TYPE = "application/x-lectern"

// The part that is being dragged. A browser tells what is dragged only once it is dropped.
const dragged = { part: null }

// A button moved away with its part takes the keyboard along.
const wanted = { button: null }

function Tool({ part, name, label, off, onPress, children }) {
  return (
    <button
      type="button"
      className="lx-tool"
      data-tool={`${name}-${part.id}`}
      aria-label={label}
      title={label}
      aria-disabled={Boolean(off)}
      onClick={() => {
        if (off) return
        wanted.button = `${name}-${part.id}`
        onPress()
      }}
    >
      {children}
    </button>
  )
}

// `part` is {kind, id, parent}; `siblings` the ids around it in order. `beyond` moves it out of its parent: {up, down}.
export function Tools({ part, name, siblings, beyond, onRename }) {
  const { editable } = useContext(Editing)
  const parts = useParts()
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState(false)
  const at = siblings.indexOf(part.id)
  const others = siblings.filter((id) => id !== part.id)
  const word = WORDS[part.kind]

  useEffect(() => {
    if (!wanted.button || document.activeElement !== document.body) return
    const button = document.querySelector(`[data-tool="${wanted.button}"]`)
    if (button) button.focus()
  }, [siblings.join()])

  if (!editable) return null
  const run = (act) => async () => {
    setBusy(true)
    await act()
    setBusy(false)
  }
  const up = at > 0 ? () => parts.place(part.kind, part.id, part.parent, others.slice(0, at - 1)) : beyond && beyond.up
  const down =
    at < siblings.length - 1
      ? () => parts.place(part.kind, part.id, part.parent, others.slice(0, at + 1))
      : beyond && beyond.down
  return (
    <span className="lx-tools" role="group" aria-label={`${word} ${name}`} data-open={open}>
      {/* For fingers, which point at nothing before they press. */}
      <button
        type="button"
        className="lx-tool lx-unfold"
        aria-label={`Change ${word} ${name}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <MoreHorizontal />
      </button>
      {onRename ? (
        <Tool part={part} name="rename" label={`Rename ${word} ${name}`} onPress={onRename}>
          <Pencil />
        </Tool>
      ) : null}
      <Tool part={part} name="up" label={`Move ${word} ${name} up`} off={busy || !up} onPress={run(up)}>
        <ArrowUp />
      </Tool>
      <Tool part={part} name="down" label={`Move ${word} ${name} down`} off={busy || !down} onPress={run(down)}>
        <ArrowDown />
      </Tool>
      <Tool part={part} name="copy" label={`Copy ${word} ${name}`} off={busy} onPress={run(() => parts.copy(part.kind, part.id))}>
        <Copy />
      </Tool>
      <Tool
        part={part}
        name="remove"
        label={`Remove ${word} ${name}`}
        off={busy}
        onPress={run(() => parts.remove(part.kind, part.id))}
      >
        <Trash2 />
      </Tool>
      <span
        className="lx-grip"
        draggable
        aria-hidden="true"
        title="Drag to move"
        onDragStart={(event) => {
          dragged.part = part
          event.dataTransfer.effectAllowed = "move"
          event.dataTransfer.setData(TYPE, part.id)
          const whole = event.target.closest("[data-part]")
          if (whole) event.dataTransfer.setDragImage(whole, 12, 12)
        }}
        onDragEnd={() => (dragged.part = null)}
      >
        <GripVertical />
      </span>
    </span>
  )
}

// What makes an element a place to drop parts of its kind: before it or behind it, by which half is pointed at.
export function useDrop(part, siblings) {
  const parts = useParts()
  const { editable } = useContext(Editing)
  const [side, setSide] = useState(null)
  if (!editable) return {}
  const fits = () => dragged.part && dragged.part.kind === part.kind && dragged.part.id !== part.id
  return {
    "data-part": part.id,
    "data-drop": side || undefined,
    onDragOver: (event) => {
      if (!fits()) return
      event.preventDefault()
      const { top, height } = event.currentTarget.getBoundingClientRect()
      setSide(event.clientY < top + height / 2 ? "before" : "behind")
    },
    onDragLeave: (event) => !event.currentTarget.contains(event.relatedTarget) && setSide(null),
    onDrop: (event) => {
      setSide(null)
      if (!fits()) return
      event.preventDefault()
      const moved = dragged.part
      const others = siblings.filter((id) => id !== moved.id)
      const before = others.slice(0, others.indexOf(part.id) + (side === "behind" ? 1 : 0))
      parts.place(moved.kind, moved.id, part.parent, before)
    },
  }
}

// A module takes lessons at its end, also when it has none.
export function useDropInto(moduleId, lessons) {
  const parts = useParts()
  const { editable } = useContext(Editing)
  const [over, setOver] = useState(false)
  if (!editable) return {}
  const fits = () => dragged.part && dragged.part.kind === "lesson"
  return {
    "data-drop": over ? "into" : undefined,
    onDragOver: (event) => {
      if (!fits()) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      setOver(false)
      if (!fits()) return
      event.preventDefault()
      const { id } = dragged.part
      parts.place("lesson", id, moduleId, lessons.filter((one) => one !== id))
    },
  }
}
