// The course beside the conversation: a place to read it and to work on it.
import { Panel } from "./course/Panel"

// Chainlit draws a card anew, as another component, whenever its connection or its element changes. This one stays
// the same component, so that what is being typed in it stays too; what may change is handed over beside it.
window.lectern.scope = { props, say: sendUserMessage, act: callAction }
window.lectern.panel = window.lectern.panel || Panel

export default window.lectern.panel
