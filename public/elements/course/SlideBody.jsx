// What stands on a slide, layout by layout; each text is edited where it stands.
import { useContext, useState } from "react"
import { Plus } from "lucide-react"
import { Editable } from "./Editable"
import { Editing } from "./live"

// The body with another value at a path like ["left", "points"].
function withValue(body, path, value) {
  const [first, ...rest] = path
  return { ...body, [first]: rest.length ? withValue(body[first], rest, value) : value }
}

const at = (body, path) => path.reduce((value, name) => value[name], body)

function Text({ slide, path, label, empty, children }) {
  return (
    <Editable
      kind="slide"
      id={slide.id}
      field={path.join(".")}
      label={label}
      empty={empty}
      value={at(slide.body, path)}
      words={(text) => ({ body: withValue(slide.body, path, text) })}
    >
      {children}
    </Editable>
  )
}

function Points({ slide, path, ordered, word }) {
  const { editable } = useContext(Editing)
  const [adding, setAdding] = useState(null)
  const points = at(slide.body, path)
  const List = ordered ? "ol" : "ul"
  const body = (changed) => ({ body: withValue(slide.body, path, changed) })
  // An emptied point goes; a new one stands where it was begun.
  const changed = (place) => (text) =>
    text.trim()
      ? body(points.map((one, number) => (number === place ? text : one)))
      : body(points.filter((_, number) => number !== place))
  const added = (place) => (text) => body([...points.slice(0, place), text, ...points.slice(place)])
  const fresh = (
    <li key={`new-${adding}`}>
      <Editable
        kind="slide"
        id={slide.id}
        field={`${path.join(".")}.new`}
        label={`New ${word}`}
        value=""
        opened
        words={added(adding)}
        onDone={() => setAdding(null)}
        onEnter={(text) => text.trim() && setAdding(adding + 1)}
      />
    </li>
  )
  return (
    <>
      <List className="lx-points">
        {points.flatMap((point, place) => [
          ...(adding === place ? [fresh] : []),
          <li key={place}>
            <Editable
              kind="slide"
              id={slide.id}
              field={`${path.join(".")}.${place}`}
              label={`${word} ${place + 1}`}
              value={point}
              words={changed(place)}
              onEnter={() => setAdding(place + 1)}
            />
          </li>,
        ])}
        {adding === points.length ? fresh : null}
      </List>
      {editable && adding === null ? (
        <button type="button" className="lx-link lx-add" onClick={() => setAdding(points.length)}>
          <Plus className="lx-icon" /> Add a {word.toLowerCase()}
        </button>
      ) : null}
    </>
  )
}

export function SlideBody({ slide }) {
  switch (slide.body.layout) {
    case "title":
      return (
        <div>
          <Text slide={slide} path={["subtitle"]} label="Subtitle" />
        </div>
      )
    case "statement":
      return (
        <div className="lx-statement">
          <Text slide={slide} path={["text"]} label="Statement" />
        </div>
      )
    case "question":
      return (
        <div className="lx-statement">
          <Text slide={slide} path={["question"]} label="Question on the slide" />
        </div>
      )
    case "definition":
      return (
        <div className="lx-definition">
          <b>
            <Text slide={slide} path={["term"]} label="Term" />
          </b>
          <div>
            <Text slide={slide} path={["meaning"]} label="Meaning" />
          </div>
        </div>
      )
    case "comparison":
      return (
        <div className="lx-sides">
          {["left", "right"].map((side) => (
            <div key={side}>
              <b>
                <Text slide={slide} path={[side, "heading"]} label={`Heading on the ${side}`} />
              </b>
              <Points slide={slide} path={[side, "points"]} word="Point" />
            </div>
          ))}
        </div>
      )
    case "process":
      return <Points slide={slide} path={["steps"]} ordered word="Step" />
    default:
      return <Points slide={slide} path={["points"]} word="Point" />
  }
}
