// A lesson's questions: answered by who learns, edited by who teaches.
import { useContext, useState } from "react"
import { Plus, X } from "lucide-react"
import { Tools, useDrop } from "./Arrange"
import { Editable } from "./Editable"
import { About } from "./Findings"
import { Editing, useParts } from "./live"

const letter = (place) => String.fromCharCode(65 + place)

// As learners see it.
function Asked({ item, place }) {
  const [chosen, setChosen] = useState(null)
  return (
    <div className="lx-quiz">
      <p>
        <b>{place + 1}.</b> {item.question}
      </p>
      <div className="lx-choices">
        {item.choices.map((choice, number) => (
          <button
            type="button"
            key={number}
            data-told={chosen === null ? "" : number === item.answer ? "right" : number === chosen ? "wrong" : ""}
            onClick={() => setChosen(number)}
          >
            <span className="lx-letter">{letter(number)}</span>
            {choice}
          </button>
        ))}
      </div>
      {chosen === null ? null : (
        <p className={chosen === item.answer ? "lx-good" : "lx-quiet"}>
          {chosen === item.answer ? "Right. " : `The answer is ${letter(item.answer)}. `}
          {item.explanation}
        </p>
      )}
    </div>
  )
}

function Choice({ item, place, number }) {
  const parts = useParts()
  const set = (words) => parts.set("quiz_item", item.id, words)
  const right = item.answer === number
  const without = () => {
    const choices = item.choices.filter((_, at) => at !== number)
    set({ choices, answer: item.answer > number ? item.answer - 1 : item.answer })
  }
  return (
    <li className="lx-choice" data-right={right}>
      <input
        type="radio"
        name={`answer-${item.id}`}
        checked={right}
        aria-label={`${letter(number)} is the right answer of question ${place + 1}`}
        title={right ? "The right answer" : "Make this the right answer"}
        onChange={() => set({ answer: number })}
      />
      <span className="lx-letter">{letter(number)}</span>
      <div className="lx-grow">
        <Editable
          kind="quiz_item"
          id={item.id}
          field={`choices.${number}`}
          label={`Choice ${letter(number)} of question ${place + 1}`}
          value={item.choices[number]}
          words={(text) => ({ choices: item.choices.map((one, at) => (at === number ? text : one)) })}
        />
      </div>
      {!right && item.choices.length > 2 ? (
        <button type="button" className="lx-tool lx-faint" aria-label={`Remove choice ${letter(number)}`} onClick={without}>
          <X />
        </button>
      ) : null}
    </li>
  )
}

function Edited({ item, place, lessonId, objectives, siblings, findings }) {
  const parts = useParts()
  const [adding, setAdding] = useState(false)
  const part = { kind: "quiz_item", id: item.id, parent: lessonId }
  const drop = useDrop(part, siblings)
  return (
    <div className="lx-quiz" {...drop}>
      <div className="lx-part-head">
        <b>{place + 1}.</b>
        <span className="lx-grow" />
        <Tools part={part} name={place + 1} siblings={siblings} />
      </div>
      <Editable
        kind="quiz_item"
        id={item.id}
        field="question"
        label={`Question ${place + 1}`}
        value={item.question}
        words={(question) => ({ question })}
      />
      <ol className="lx-choice-list">
        {item.choices.map((_, number) => (
          <Choice key={number} item={item} place={place} number={number} />
        ))}
        {adding ? (
          <li className="lx-choice">
            <Editable
              kind="quiz_item"
              id={item.id}
              field="choices.new"
              label={`New choice of question ${place + 1}`}
              value=""
              opened
              words={(text) => ({ choices: [...item.choices, text] })}
              onDone={() => setAdding(false)}
            />
          </li>
        ) : null}
      </ol>
      <div className="lx-actions">
        {item.choices.length < 6 && !adding ? (
          <button type="button" className="lx-link lx-add" onClick={() => setAdding(true)}>
            <Plus className="lx-icon" /> Add a choice
          </button>
        ) : null}
        {objectives.length > 1 ? (
          <label className="lx-line lx-quiet">
            Tests
            <select
              className="lx-select lx-small"
              value={item.objective}
              onChange={(event) => parts.set("quiz_item", item.id, { objective: Number(event.target.value) })}
            >
              {objectives.map((objective, number) => (
                <option key={number} value={number}>
                  {number + 1}. {objective}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <div className="lx-quiet">
        <Editable
          kind="quiz_item"
          id={item.id}
          field="explanation"
          label={`Explanation of question ${place + 1}`}
          empty="Add why that is the answer"
          value={item.explanation}
          words={(explanation) => ({ explanation })}
        />
      </div>
      <About findings={findings} />
    </div>
  )
}

export function QuizItem(quiz) {
  const { editable } = useContext(Editing)
  return editable ? <Edited {...quiz} /> : <Asked item={quiz.item} place={quiz.place} />
}
