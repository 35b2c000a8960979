// A screen on a wall asks once a minute whether its page would say something else. Nothing is drawn anew until it does,
// and then only what has changed: numbers, tables and charts keep their places, so that nothing flickers.

const EVERY_MS = 60_000;
const page = document.querySelector("[data-wall]");

function lost(is) {
  document.querySelector("[data-wall-lost] span").hidden = !is;
}

function renewCharts(other) {
  for (const figure of page.querySelectorAll("figure[data-chart]")) {
    const name = figure.dataset.source;
    document.getElementById(name).textContent = other.getElementById(name).textContent;
    const fresh = other.querySelector(`figure[data-source="${name}"] .c-table-wrap`);
    figure.querySelector(".c-table-wrap").replaceChildren(...document.importNode(fresh, true).childNodes);
    figure.dispatchEvent(new Event("chelun:chart", { bubbles: true }));
  }
}

function renew(other) {
  const fresh = other.querySelector("[data-wall]");
  if (!fresh || fresh.dataset.form !== page.dataset.form) return window.location.reload();
  for (const part of page.querySelectorAll("[data-wall-part]")) {
    const now = fresh.querySelector(`[data-wall-part="${part.dataset.wallPart}"]`);
    if (part.innerHTML !== now.innerHTML) part.replaceChildren(...document.importNode(now, true).childNodes);
  }
  renewCharts(other);
  page.dataset.stamp = fresh.dataset.stamp;
}

async function look() {
  try {
    const answer = await fetch(window.location.pathname, {
      headers: { "If-None-Match": `"${page.dataset.stamp}"` },
      credentials: "same-origin",
      cache: "no-store",
    });
    if (answer.status === 404) return window.location.reload(); // taken back, or expired
    if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
    if (answer.status !== 304) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    lost(false);
  } catch {
    lost(true);
  }
}

window.setInterval(look, EVERY_MS);
document.addEventListener("chelun:look", look);
