// Small comforts of every page. Without it everything still works.
(() => {
  "use strict";

  // One drop-down open at a time; Escape and a click elsewhere close it.
  function closeDrops(except) {
    for (const drop of document.querySelectorAll("details[data-drop][open]")) {
      if (drop !== except && !drop.contains(except)) drop.open = false;
    }
  }
  document.addEventListener("click", (event) => closeDrops(event.target.closest("details[data-drop]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-drop][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // What only works with a script shows only then.
  function reveal(root) {
    for (const element of root.querySelectorAll("[data-needs-script]")) element.hidden = false;
  }

  // A form that is on its way cannot be sent twice.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    for (const button of event.target.querySelectorAll("button[type=submit]")) {
      setTimeout(() => { button.disabled = true; }, 0);
      setTimeout(() => { button.disabled = false; }, 8000); // a download leaves the page where it is
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const button of document.querySelectorAll("form button[type=submit]:disabled")) button.disabled = false;
  });

  // A table that does not fit scrolls by itself, by keyboard as well; one that fits keeps its heads in sight.
  function fitTables(root) {
    for (const wrap of root.querySelectorAll(".c-table-wrap")) {
      const wide = wrap.firstElementChild && wrap.firstElementChild.offsetWidth > wrap.clientWidth;
      wrap.classList.toggle("is-wide", Boolean(wide));
      if (wide) wrap.tabIndex = 0; else wrap.removeAttribute("tabindex");
    }
  }
  window.addEventListener("resize", () => fitTables(document));

  // The error summary takes the focus, so that it is read first.
  function focusErrors(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    reveal(document);
    fitTables(document);
    focusErrors(document);
  });
  document.addEventListener("htmx:load", (event) => {
    reveal(event.target);
    fitTables(event.target);
    if (event.target !== document.body) focusErrors(event.target);
  });
})();
