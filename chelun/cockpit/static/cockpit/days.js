// The slider of days: another way to choose from the list beside it. Without it the list and its button do the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-days]");
  const figure = document.querySelector("[data-days-chart]");
  if (!form) return;
  const list = form.querySelector("select");
  const slider = form.querySelector("[data-days-slider]");

  function show() {
    slider.value = String(list.selectedIndex);
    slider.setAttribute("aria-valuetext", list.value);
  }

  slider.max = String(list.options.length - 1);
  slider.disabled = list.options.length < 2;
  show();
  list.addEventListener("change", show);
  slider.addEventListener("input", () => {
    list.selectedIndex = Number(slider.value);
    slider.setAttribute("aria-valuetext", list.value);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // htmx has put the numbers of another day in the place of the old ones: the same map is coloured anew.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (figure && event.target.id === "map-day") figure.dispatchEvent(new Event("chelun:chart", { bubbles: true }));
  });
})();
