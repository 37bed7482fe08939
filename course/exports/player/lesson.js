// A lesson that goes on where it was left, marks its questions and tells the platform.
(function () {
  "use strict"
  var platform = window.platform
  var film = document.getElementById("film")
  var quiz = document.getElementById("quiz")
  var read = document.getElementById("done")
  var PASSED = 70
  var status = platform.get("cmi.core.lesson_status")
  var kept = { at: 0, answers: [] }
  try {
    kept = Object.assign(kept, JSON.parse(platform.get("cmi.suspend_data") || "{}"))
  } catch (damaged) {
    // begin anew
  }

  function over() {
    return status === "passed" || status === "completed"
  }

  function say(now) {
    status = now
    platform.set("cmi.core.lesson_status", now)
  }

  function save() {
    platform.set("cmi.core.lesson_location", String(Math.floor(kept.at)))
    platform.set("cmi.suspend_data", JSON.stringify(kept))
    platform.commit()
  }

  if (status === "" || status === "not attempted" || status === "unknown") say("incomplete")

  if (film) {
    film.addEventListener("loadedmetadata", function () {
      if (kept.at > 2 && kept.at < film.duration - 2) film.currentTime = kept.at
    })
    film.addEventListener("timeupdate", function () {
      if (Math.abs(film.currentTime - kept.at) < 5) return
      kept.at = film.currentTime
      save()
    })
    film.addEventListener("pause", function () {
      kept.at = film.currentTime
      save()
    })
    film.addEventListener("ended", function () {
      kept.at = 0
      if (!quiz && !over()) say("completed")
      save()
    })
  }

  if (read) {
    read.disabled = over()
    read.addEventListener("click", function () {
      say("completed")
      read.disabled = true
      save()
    })
  }

  if (quiz) {
    var key = JSON.parse(document.getElementById("answers").textContent)
    var fields = Array.from(quiz.querySelectorAll("fieldset"))

    kept.answers.forEach(function (letter, place) {
      var choice = letter && fields[place] && fields[place].querySelector('input[value="' + letter + '"]')
      if (choice) choice.checked = true
    })

    quiz.addEventListener("change", function () {
      kept.answers = fields.map(function (field) {
        var chosen = field.querySelector("input:checked")
        return chosen ? chosen.value : ""
      })
      save()
    })

    quiz.addEventListener("submit", function (event) {
      event.preventDefault()
      var right = 0
      // Reports of earlier tries stay: the platform counts them.
      var first = Number(platform.get("cmi.interactions._count")) || 0
      fields.forEach(function (field, place) {
        var chosen = field.querySelector("input:checked")
        var good = Boolean(chosen) && chosen.value === key[place].answer
        var feedback = field.querySelector(".feedback")
        if (good) right += 1
        feedback.dataset.right = good ? "yes" : "no"
        feedback.textContent = (chosen ? (good ? "Right. " : "Not right. ") : "Not answered. ") + key[place].explanation
        var name = "cmi.interactions." + (first + place) + "."
        platform.set(name + "id", "q" + (place + 1))
        platform.set(name + "type", "choice")
        platform.set(name + "correct_responses.0.pattern", key[place].answer)
        if (chosen) platform.set(name + "student_response", chosen.value)
        platform.set(name + "result", good ? "correct" : "wrong")
      })
      var percent = Math.round((100 * right) / key.length)
      var best = Math.max(percent, Number(platform.get("cmi.core.score.raw")) || 0)
      platform.set("cmi.core.score.min", 0)
      platform.set("cmi.core.score.max", 100)
      platform.set("cmi.core.score.raw", best)
      say(best >= PASSED ? "passed" : "failed")
      document.getElementById("result").textContent =
        right + " of " + key.length + " right (" + percent + " %)." +
        (percent >= PASSED ? " Well done." : " " + PASSED + " % are needed. Change your answers and check again.")
      save()
    })
  }

  window.addEventListener("pagehide", function () {
    if (film && !film.ended && film.currentTime > 0) kept.at = film.currentTime
    platform.set("cmi.core.lesson_location", String(Math.floor(kept.at)))
    platform.set("cmi.suspend_data", JSON.stringify(kept))
    platform.finish(!over())
  })
})()
