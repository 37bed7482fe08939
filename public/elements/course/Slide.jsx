// A slide: its picture as the film shows it, below it what stands on it, what the voice says, and what that rests on.
import { useContext, useEffect, useState } from "react"
import { PlayCircle } from "lucide-react"
import { LAYOUTS, NewSlide } from "./Add"
import { Tools, useDrop } from "./Arrange"
import { Editable } from "./Editable"
import { About, doubted } from "./Findings"
import { Editing, useParts } from "./live"
import { Passages } from "./Passages"
import { SlideBody } from "./SlideBody"

function Picture({ url, pages, place }) {
  const [broken, setBroken] = useState(false)
  useEffect(() => setBroken(false), [url])
  if (!url || broken) return null
  return (
    <>
      {(pages || [url]).map((page, number) => (
        <img
          key={number}
          className="lx-picture"
          src={page}
          width="1280"
          height="720"
          loading="lazy"
          decoding="async"
          alt={`Slide ${place + 1} as the film shows it${number ? `, continued (${number + 1})` : ""}`}
          onError={() => setBroken(true)}
        />
      ))}
    </>
  )
}

// The narration with the sentences that the documents do not support marked.
function Doubts({ text, sentences }) {
  const spans = sentences
    .map((sentence) => [text.indexOf(sentence), sentence.length])
    .filter(([start]) => start >= 0)
    .sort((one, other) => one[0] - other[0])
  const parts = []
  let done = 0
  for (const [start, length] of spans) {
    if (start < done) continue
    const end = Math.max(start + length, text.slice(start).search(/[.!?](\s|$)/) + start + 1)
    parts.push(text.slice(done, start))
    parts.push(
      <mark key={start} className="lx-doubt" title="The documents do not say this">
        {text.slice(start, end)}
      </mark>,
    )
    done = end
  }
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  )
}

function Layout({ slide, place }) {
  const parts = useParts()
  return (
    <select
      className="lx-select lx-small"
      aria-label={`How slide ${place + 1} is laid out`}
      title="How it is laid out"
      value={slide.body.layout}
      onChange={(event) => parts.set("slide", slide.id, { layout: event.target.value })}
    >
      {Object.entries(LAYOUTS).map(([layout, name]) => (
        <option key={layout} value={layout}>
          {name}
        </option>
      ))}
    </select>
  )
}

export function Slide({ slide, place, lessonId, siblings, picture, findings, onSeek }) {
  const { editable } = useContext(Editing)
  const part = { kind: "slide", id: slide.id, parent: lessonId }
  const drop = useDrop(part, siblings)
  const drawn = picture && picture.url
  return (
    <section className="lx-slide" data-slide={place + 1} {...drop}>
      {editable ? (
        <div className="lx-part-head">
          <span className="lx-number">{place + 1}</span>
          <Layout slide={slide} place={place} />
          <span className="lx-grow" />
          <Tools part={part} name={place + 1} siblings={siblings} />
        </div>
      ) : null}
      {drawn ? <Picture url={picture.url} pages={picture.pages} place={place} /> : null}
      <div className={drawn ? "lx-board lx-under-picture" : "lx-board"} data-layout={drawn ? "" : slide.body.layout}>
        {editable ? null : <span className="lx-place">{place + 1}</span>}
        <h4>
          <Editable
            kind="slide"
            id={slide.id}
            field="title"
            label={`Title of slide ${place + 1}`}
            value={slide.title}
            words={(title) => ({ title })}
          />
        </h4>
        <SlideBody slide={slide} />
      </div>
      {slide.narration || editable ? (
        <div className="lx-narration">
          <Editable
            kind="slide"
            id={slide.id}
            field="narration"
            label={`Narration of slide ${place + 1}`}
            empty="Nothing is said over this slide. Click to write it."
            several
            value={slide.narration}
            words={(narration) => ({ narration })}
          >
            <Doubts text={slide.narration} sentences={doubted(findings)} />
          </Editable>
        </div>
      ) : null}
      <About findings={findings} />
      <div className="lx-under">
        {slide.citations.length ? <Passages citations={slide.citations} /> : <span />}
        {onSeek ? (
          <button type="button" className="lx-link" onClick={onSeek}>
            <PlayCircle className="lx-icon" /> Play from here
          </button>
        ) : null}
      </div>
      {editable ? <NewSlide lessonId={lessonId} after={slide.id} label="Add a slide here" /> : null}
    </section>
  )
}
