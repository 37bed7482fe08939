// What the panel shows, kept as it is on the server; and what is changed in it.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react"

// The course being edited: {courseId, lessonId, revision, editable, refresh, told, failed}. `told` is called with each
// revision made, `failed` with what could not be done.
export const Editing = createContext({})

// What an address says, looked at again every few seconds and when the course changes; null hides what is not offered.
export function useLive(address, seconds, courseId) {
  const { read, follow } = window.lectern
  const [known, setKnown] = useState({ address, content: null, error: "" })
  const current = useRef(address)
  current.current = address
  const refresh = useCallback(async () => {
    if (!address) return null
    try {
      const content = await read(address)
      if (current.current === address) setKnown({ address, content, error: "", missing: false })
      return content
    } catch (problem) {
      if (current.current === address)
        setKnown((before) => ({
          address,
          content: before.address === address ? before.content : null,
          error: problem.message,
          missing: problem.status === 404,
        }))
      return null
    }
  }, [address])
  useEffect(() => (address ? follow(refresh, seconds, courseId) : undefined), [address])
  const fits = known.address === address
  return { content: fits ? known.content : null, error: fits ? known.error : "", missing: fits && known.missing, refresh }
}

const START = "00000000-0000-0000-0000-000000000000"

// What may be done to the parts of the course at hand. Each answers whether it was done; trouble is told at the foot.
export function useParts() {
  const { send } = window.lectern
  const { courseId, revision, refresh, told, failed } = useContext(Editing)
  const parts = `/api/courses/${courseId}/parts`
  const act = async (method, address, content) => {
    try {
      const answer = await send(method, address, content, courseId)
      told(answer.revision)
      await refresh()
      return answer
    } catch (problem) {
      failed(problem)
      await refresh()
      return null
    }
  }
  return {
    add: (kind, parent, after, words) => act("POST", parts, { kind, parent, after, words }),
    copy: (kind, id) => act("POST", `${parts}/${kind}/${id}/copy`),
    remove: (kind, id) => act("DELETE", `${parts}/${kind}/${id}?base=${revision}`),
    // `before` are the siblings that shall stand before it.
    place: (kind, id, parent, before) =>
      act("POST", `${parts}/${kind}/${id}/place`, { base: revision, parent, after: before.at(-1) || START }),
    set: (kind, id, words) => act("PATCH", `${parts}/${kind}/${id}`, { base: revision, words }),
  }
}
