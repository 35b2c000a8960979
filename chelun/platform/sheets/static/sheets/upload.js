// Refuses a file that is too large before it travels. Without it the server says the same.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-upload]")) {
    const told = form.querySelector("[data-upload-error]");
    const check = () => {
      const input = form.querySelector("input[type=file]");
      const tooLarge = [...input.files].some((file) => file.size > Number(form.dataset.limit));
      told.textContent = tooLarge ? form.dataset.tooLarge : "";
      told.hidden = !tooLarge;
      return !tooLarge;
    };
    form.addEventListener("change", check);
    form.addEventListener("submit", (event) => { if (!check()) event.preventDefault(); });
  }
})();
