// The learning platform, as SCORM 1.2 offers it: an object named API in a window above this one.
// Without a platform every call does nothing and the page works all the same.
window.platform = (function () {
  "use strict"

  function above(start) {
    var at = start
    for (var steps = 0; at && steps < 12; steps += 1) {
      try {
        if (at.API) return at.API
      } catch (refused) {
        return null // a window of another origin
      }
      if (at.parent === at) return null
      at = at.parent
    }
    return null
  }

  var api = above(window) || (window.opener ? above(window.opener) : null)
  var open = Boolean(api) && api.LMSInitialize("") === "true"
  var begun = Date.now()

  function get(name) {
    return open ? String(api.LMSGetValue(name)) : ""
  }

  function set(name, value) {
    return open && api.LMSSetValue(name, String(value)) === "true"
  }

  function spent() {
    var seconds = Math.floor((Date.now() - begun) / 1000)
    var two = function (number) { return String(number).padStart(2, "0") }
    return String(Math.floor(seconds / 3600)).padStart(4, "0") + ":" + two(Math.floor(seconds / 60) % 60) + ":" +
      two(seconds % 60)
  }

  return {
    get: get,
    set: set,
    commit: function () { return open && api.LMSCommit("") === "true" },
    // `unfinished` asks the platform to bring the learner back to the same place.
    finish: function (unfinished) {
      if (!open) return
      set("cmi.core.session_time", spent())
      set("cmi.core.exit", unfinished ? "suspend" : "")
      api.LMSCommit("")
      api.LMSFinish("")
      open = false
    },
  }
})()
