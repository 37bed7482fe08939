// Who edits the course: the owner invites and removes, the others may leave.
import { useContext, useState } from "react"
import { Editing, useLive } from "./live"

const STANDING = { owner: "owner", coauthor: "co-author", invited: "invited" }

function Person({ person, may, busy, onRemove }) {
  const [sure, setSure] = useState(false)
  return (
    <li className="lx-person">
      <div className="lx-head">
        <b className="lx-grow">{person.name || person.email}</b>
        <span className="lx-tag">{STANDING[person.standing] || person.standing}</span>
      </div>
      <p className="lx-quiet">
        {person.name ? person.email : "Becomes a co-author by signing in with this address."}
      </p>
      {!may ? null : sure ? (
        <div className="lx-actions">
          <button type="button" className="lx-do" disabled={busy} onClick={() => onRemove(person)}>
            {may === "leave" ? "Yes, leave the course" : "Yes, remove"}
          </button>
          <button type="button" className="lx-link" onClick={() => setSure(false)}>
            Cancel
          </button>
        </div>
      ) : (
        <button type="button" className="lx-link" disabled={busy} onClick={() => setSure(true)}>
          {may === "leave" ? "Leave" : person.standing === "invited" ? "Take the invitation back" : "Remove"}
        </button>
      )}
    </li>
  )
}

function Invite({ busy, onInvite }) {
  const [email, setEmail] = useState("")
  return (
    <form
      className="lx-form"
      onSubmit={async (event) => {
        event.preventDefault()
        if (await onInvite(email.trim())) setEmail("")
      }}
    >
      <label className="lx-quiet" htmlFor="lx-invite">
        Invite a co-author
      </label>
      <input
        id="lx-invite"
        className="lx-input"
        type="email"
        required
        value={email}
        placeholder="name@school.edu"
        onChange={(event) => setEmail(event.target.value)}
      />
      <div className="lx-actions">
        <button type="submit" className="lx-do" disabled={busy || !email.trim()}>
          Invite
        </button>
      </div>
    </form>
  )
}

const removed = (person) => `${person.name || person.email} cannot edit this course any more.`
const invited = (person) =>
  person.standing === "invited"
    ? `${person.email} has no account yet, and may edit this course once they sign in with that address.`
    : `${person.name} may edit this course now.`

export function People() {
  const { send } = window.lectern
  const { courseId } = useContext(Editing)
  const address = `/api/courses/${courseId}/people`
  const { content, error, refresh } = useLive(address, 10, courseId)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState("")
  const run = async (method, where, body, said) => {
    setBusy(true)
    setTold("")
    const [done, words] = await send(method, where, body).then(
      (person) => [true, said(person)],
      (problem) => [false, problem.message],
    )
    await refresh()
    setTold(words)
    setBusy(false)
    return done
  }
  if (!content) return <p className="lx-quiet">{error || "Looking up who edits it…"}</p>
  const may = (person) =>
    person.standing === "owner" ? null : content.owner ? "remove" : person.email === content.you ? "leave" : null
  return (
    <div className="lx-documents">
      <ul className="lx-list">
        {content.people.map((person) => (
          <Person
            key={person.email}
            person={person}
            may={may(person)}
            busy={busy}
            onRemove={() => run("DELETE", `${address}/${encodeURIComponent(person.email)}`, undefined, removed)}
          />
        ))}
      </ul>
      {content.owner ? (
        <Invite busy={busy} onInvite={(email) => run("POST", address, { email }, invited)} />
      ) : (
        <p className="lx-quiet">Only the owner invites others.</p>
      )}
      <p className="lx-quiet" role="status">
        {told}
      </p>
    </div>
  )
}
