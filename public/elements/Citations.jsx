// Where an answer rests: each opens its lesson at that slide.
export default function Citations() {
  const { openLesson } = window.lectern
  return (
    <ol className="lx-citations" data-card="citations">
      {(props.passages || []).map((place) => (
        <li key={place.number}>
          <button
            type="button"
            onClick={() => openLesson(props.courseId, place.lesson_id, place.slide)}
            title={place.text}
          >
            <span className="lx-ref">{place.number}</span>
            <span>
              Lesson {place.lesson_number} · slide {place.slide}
            </span>
            <span className="lx-quiet lx-cut">{place.slide_title || place.lesson_title}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
