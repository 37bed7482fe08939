// What the page needs beside Chainlit's own: shared by the cards in /public/elements, which can import nothing of ours.
(() => {
  "use strict";

  // Chainlit follows the system's theme only when told so before it starts.
  if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system");

  const known = new Map(); // address → {tag, content}: a panel asks often, and mostly nothing changed.

  async function read(address) {
    const before = known.get(address);
    const answer = await fetch(address, {
      credentials: "same-origin",
      cache: "no-store",
      headers: before ? { "If-None-Match": before.tag } : {},
    });
    if (answer.status === 304 && before) return before.content;
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const error = new Error(content.error || "This cannot be shown just now.");
      error.status = answer.status;
      throw error;
    }
    known.set(address, { tag: answer.headers.get("ETag"), content });
    return content;
  }

  // Changes something on the server. The pages and cards that show the course look again at once.
  async function send(method, address, content, courseId) {
    let answer;
    const bare = content === undefined || content instanceof FormData;
    try {
      answer = await fetch(address, {
        method,
        credentials: "same-origin",
        headers: bare ? {} : { "Content-Type": "application/json" },
        body: bare ? content : JSON.stringify(content),
      });
    } catch {
      throw new Error("That did not reach Lectern. What you typed is kept; try again.");
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const error = new Error(told.error || "That could not be done just now. Try again in a minute.");
      throw Object.assign(error, { status: answer.status, later: told.later });
    }
    if (courseId) window.postMessage({ lectern: "course", id: courseId }, window.location.origin);
    return told;
  }

  // Calls `look` now, every few seconds while the page is seen, and when the course is said to have changed.
  function follow(look, seconds, courseId) {
    let over = false;
    const turn = () => {
      if (!over && !document.hidden) look();
    };
    const told = (event) => {
      if (event.data && event.data.lectern === "course" && (!courseId || event.data.id === courseId)) look();
    };
    const timer = seconds ? setInterval(turn, seconds * 1000) : null;
    window.addEventListener("message", told);
    document.addEventListener("visibilitychange", turn);
    look();
    return () => {
      over = true;
      clearInterval(timer);
      window.removeEventListener("message", told);
      document.removeEventListener("visibilitychange", turn);
    };
  }

  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  function clock(seconds) {
    const whole = Math.max(0, Math.round(seconds || 0));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  // “40 s”, “3 min”: how long one waits, not more exact than it is known.
  function about(seconds) {
    if (!seconds || seconds < 1) return "no time";
    if (seconds < 55) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s`;
    return `about ${Math.max(1, Math.round(seconds / 60))} min`;
  }

  function money(dollars) {
    if (dollars === null || dollars === undefined) return "not known";
    if (!dollars) return "free";
    return dollars < 0.01 ? "less than 1 ¢" : `$${dollars.toFixed(2)}`;
  }

  // A citation asks the panel to open a lesson at a slide; whichever panel shows the course listens.
  function openLesson(courseId, lessonId, slide) {
    window.dispatchEvent(new CustomEvent("lectern-open-lesson", { detail: { courseId, lessonId, slide } }));
    window.lectern.wanted = { courseId, lessonId, slide, at: Date.now() };
    if (!document.querySelector(".lx-panel")) openCourse();
  }

  function openCourse() {
    window.postMessage({ lectern: "open-course" }, window.location.origin);
  }

  window.lectern = { read, send, follow, count, clock, about, money, openLesson, openCourse, wanted: null };

  // --- the “Course” button in the header: the way back to a panel that was closed -----------------------------

  let courseAtHand = null;

  function placeButton() {
    const header = document.getElementById("header");
    const there = document.getElementById("lectern-course-button");
    const wanted = header && courseAtHand && !document.querySelector(".lx-panel");
    if (!wanted) return there && there.remove();
    if (there) return;
    const button = document.createElement("button");
    button.id = "lectern-course-button";
    button.type = "button";
    button.textContent = "Course";
    button.title = "Show the course beside the conversation";
    button.addEventListener("click", openCourse);
    header.lastElementChild.prepend(button);
  }

  window.addEventListener("message", (event) => {
    if (event.source === window && event.data && event.data.lectern === "course") {
      courseAtHand = event.data.id;
      placeButton();
    }
  });

  // Another conversation has another course, or none.
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const before = location.pathname;
    push(state, title, address);
    // A new conversation gets its address at its first message: that is not another one.
    if (location.pathname !== before && before !== "/") courseAtHand = null;
    placeButton();
  };

  // --- the demo accounts on the log-in page, where the server says so ------------------------------------------

  let accounts = null;

  async function placeAccounts() {
    const form = location.pathname === "/login" && document.querySelector("form");
    if (!form || document.getElementById("lectern-demo")) return;
    accounts = accounts || read("/api/demo").catch(() => ({ demo: false }));
    const told = await accounts;
    if (!told.demo || !form.isConnected || document.getElementById("lectern-demo")) return;
    const box = document.createElement("div");
    box.id = "lectern-demo";
    const say = document.createElement("p");
    say.textContent = "Demo accounts — the passwords stand where you started Lectern.";
    box.append(say);
    for (const account of told.accounts) {
      const choose = document.createElement("button");
      choose.type = "button";
      choose.innerHTML = "<b></b><span></span>";
      choose.querySelector("b").textContent = account.name;
      choose.querySelector("span").textContent = account.does;
      choose.addEventListener("click", () => fillIn(form, account.email));
      box.append(choose);
    }
    form.append(box);
  }

  function fillIn(form, email) {
    const field = form.querySelector("#email");
    // React reads the value through its own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, email);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("#password").focus();
  }

  // --- a file the browser itself holds back: its sentence lists MIME types ------------------------------------

  function rewordToasts() {
    for (const toast of document.querySelectorAll("[data-sonner-toast] [data-title]")) {
      if (toast.textContent.startsWith("File type must be"))
        toast.textContent = "Lectern cannot read this kind of file. Send Markdown, text, HTML, PDF, Word, PowerPoint or EPUB.";
    }
  }

  // --- a message sent while its documents are still on their way -----------------------------------------------

  // Chainlit would send it without them. It is held back instead, and goes when they are here.
  const underway = () => document.querySelector("#attachments circle");
  let held = null;

  function holdBack(event) {
    if (!event.isTrusted || !underway() || !(event.target instanceof Element)) return;
    const enter = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.closest("#chat-input");
    if (!enter && !(event.type === "click" && event.target.closest("#chat-submit"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held) return;
    document.getElementById("message-composer")?.setAttribute("data-held", "");
    held = setInterval(() => {
      if (underway()) return;
      clearInterval(held);
      held = null;
      document.getElementById("message-composer")?.removeAttribute("data-held");
      document.getElementById("chat-submit")?.click();
    }, 100);
  }
  document.addEventListener("click", holdBack, true);
  document.addEventListener("keydown", holdBack, true);

  let waiting = null;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = null;
      placeButton();
      placeAccounts();
      rewordToasts();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
