// New parts: a line for what is one line, a small form for a slide and for a question.
import { useContext, useState } from "react"
import { Plus } from "lucide-react"
import { Growing } from "./Editable"
import { Editing, useParts } from "./live"
import { dropTyped, keepTyped, typed, typedKey } from "./typed"

export const LAYOUTS = {
  bullets: "Points",
  statement: "One sentence",
  definition: "Term and meaning",
  process: "Steps in order",
  comparison: "Two sides",
  question: "Question",
  recap: "Recap",
  title: "Title card",
}

const lines = (text) => text.split("\n").map((line) => line.replace(/^\s*[-•*]\s*/, "").trim()).filter(Boolean)

// The body of a slide, of the lines typed for it.
function bodyOf(layout, text) {
  const given = lines(text)
  const half = Math.ceil(given.length / 2)
  const side = (some) => ({ heading: some[0] || "", points: some.slice(1) })
  switch (layout) {
    case "statement":
      return { layout, text: given.join(" ") }
    case "question":
      return { layout, question: given.join(" ") }
    case "title":
      return { layout, subtitle: given.join(" ") }
    case "definition":
      return { layout, term: given[0] || "", meaning: given.slice(1).join(" ") }
    case "process":
      return { layout, steps: given }
    case "comparison":
      return { layout, left: side(given.slice(0, half)), right: side(given.slice(half)) }
    default:
      return { layout, points: given }
  }
}

const HINTS = {
  definition: "The term on the first line, its meaning below",
  comparison: "First side: its heading, then its points; then the second side the same way",
  title: "A line below the title (may be empty)",
  statement: "The sentence",
  question: "The question",
}

// A button that opens a form; what was typed in it stays until it is added or given up.
function Form({ kind, parent, after, label, first, fields, wordsOf, ready }) {
  const { courseId, lessonId, editable } = useContext(Editing)
  const parts = useParts()
  const key = typedKey(courseId, lessonId || "outline", kind, "new", `${parent}-${after || "last"}`)
  const [now, setNow] = useState(() => (typed(key) || {}).form || null)
  const [busy, setBusy] = useState(false)
  if (!editable) return null
  if (!now)
    return (
      <button type="button" className="lx-link lx-add" onClick={() => setNow(first)}>
        <Plus className="lx-icon" /> {label}
      </button>
    )
  const set = (change) => {
    const next = { ...now, ...change }
    setNow(next)
    keepTyped(key, { form: next })
  }
  const close = () => {
    dropTyped(key)
    setNow(null)
  }
  const add = async () => {
    if (!ready(now) || busy) return
    setBusy(true)
    if (await parts.add(kind, parent, after, wordsOf(now))) close()
    setBusy(false)
  }
  return (
    <div
      className="lx-form"
      onKeyDown={(event) => {
        if (event.key === "Escape") close()
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add()
      }}
    >
      {fields(now, set, add)}
      <div className="lx-actions">
        <button type="button" className="lx-do" disabled={busy || !ready(now)} onClick={add}>
          {busy ? "Adding…" : "Add"}
        </button>
        <button type="button" className="lx-link" onClick={close}>
          Cancel
        </button>
      </div>
    </div>
  )
}

// A module, a lesson or an objective: its title is all it begins with.
export function NewLine({ kind, parent, after, label, field }) {
  const text = (now, set, add) => (
    <Growing
      opened
      text={now.text}
      label={label}
      placeholder={label}
      onType={(typedText) => set({ text: typedText })}
      onKeys={(event) => event.key === "Enter" && (event.preventDefault(), add())}
    />
  )
  return (
    <Form
      kind={kind}
      parent={parent}
      after={after}
      label={label}
      first={{ text: "" }}
      fields={text}
      wordsOf={(now) => ({ [field]: now.text })}
      ready={(now) => now.text.trim()}
    />
  )
}

export function NewSlide({ lessonId, after, label }) {
  const fields = (now, set) => (
    <>
      <label className="lx-line">
        <span className="lx-quiet">Shows</span>
        <select className="lx-select" value={now.layout} onChange={(event) => set({ layout: event.target.value })}>
          {Object.entries(LAYOUTS).map(([layout, name]) => (
            <option key={layout} value={layout}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Growing opened text={now.title} label="Title of the slide" placeholder="Title" onType={(title) => set({ title })} />
      <Growing
        several
        text={now.shown}
        label="What is shown on the slide"
        placeholder={HINTS[now.layout] || "One point a line"}
        onType={(shown) => set({ shown })}
      />
      <Growing
        several
        text={now.narration}
        label="Narration"
        placeholder="What the voice says"
        onType={(narration) => set({ narration })}
      />
    </>
  )
  return (
    <Form
      kind="slide"
      parent={lessonId}
      after={after}
      label={label || "Add a slide"}
      first={{ layout: "bullets", title: "", shown: "", narration: "" }}
      fields={fields}
      wordsOf={(now) => ({ title: now.title, body: bodyOf(now.layout, now.shown), narration: now.narration })}
      ready={(now) => now.title.trim() && (now.layout === "title" || now.shown.trim())}
    />
  )
}

export function NewQuestion({ lessonId }) {
  const fields = (now, set) => (
    <>
      <Growing opened text={now.question} label="Question" placeholder="Question" onType={(question) => set({ question })} />
      {now.choices.map((choice, place) => (
        <label key={place} className="lx-line">
          <input
            type="radio"
            name="lx-new-answer"
            checked={now.answer === place}
            aria-label={`Choice ${place + 1} is right`}
            onChange={() => set({ answer: place })}
          />
          <input
            className="lx-input"
            value={choice}
            aria-label={`Choice ${place + 1}`}
            placeholder={place === now.answer ? "The right answer" : "A wrong answer"}
            onChange={(event) => set({ choices: now.choices.map((one, at) => (at === place ? event.target.value : one)) })}
          />
        </label>
      ))}
    </>
  )
  const wordsOf = (now) => {
    const right = now.choices[now.answer]
    const choices = now.choices.filter((choice) => choice.trim())
    return { question: now.question, choices, answer: choices.indexOf(right) }
  }
  return (
    <Form
      kind="quiz_item"
      parent={lessonId}
      label="Add a question"
      first={{ question: "", choices: ["", "", "", ""], answer: 0 }}
      fields={fields}
      wordsOf={wordsOf}
      ready={(now) =>
        now.question.trim() && now.choices[now.answer].trim() && now.choices.filter((choice) => choice.trim()).length > 1
      }
    />
  )
}
