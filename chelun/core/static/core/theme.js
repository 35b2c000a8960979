// Sets light or dark before the page is painted, and keeps the choice on this computer.
(() => {
  "use strict";
  const KEY = "chelun-theme";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    if (root.dataset.theme) return root.dataset.theme; // the page has its own
    try {
      return localStorage.getItem(KEY) || "auto";
    } catch {
      return "auto";
    }
  }

  function wanted() {
    return chosen() === "dark" || (chosen() === "auto" && system.matches) ? "dark" : "light";
  }

  function show(theme) {
    const changed = root.dataset.bsTheme !== theme;
    root.dataset.bsTheme = theme;
    if (changed) document.dispatchEvent(new CustomEvent("chelun:theme"));
  }

  function apply() {
    show(wanted());
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen()));
    }
  }

  function choose(event) {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try {
      localStorage.setItem(KEY, button.dataset.themeChoice);
    } catch {
      return; // no storage, no choice to keep
    }
    apply();
  }

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("click", choose);
  document.addEventListener("DOMContentLoaded", apply);
  // Paper is light.
  window.addEventListener("beforeprint", () => show("light"));
  window.addEventListener("afterprint", apply);
})();
