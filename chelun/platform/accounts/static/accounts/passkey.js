// Passkeys: asks the server what to sign, lets the browser make or use a key, and sends its answer with the form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const told = form.querySelector("[data-passkey-told]");
  const button = form.querySelector("button[type=submit]");

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  function text(buffer) {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  // What came as text becomes bytes. Newer browsers do this by themselves; those in offices are not all new.
  function opened(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const known of options.excludeCredentials || options.allowCredentials || []) known.id = bytes(known.id);
    return options;
  }

  function closed(credential) {
    const answer = credential.response;
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (answer[part]) response[part] = text(answer[part]);
    }
    if (answer.getTransports) response.transports = answer.getTransports();
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  }

  // The sentences stand on the page, in the reader's language, under the name of what went wrong.
  function say(sentence) {
    told.textContent = sentence;
    told.hidden = !sentence;
    if (sentence) told.focus();
  }

  function sentenceOf(error) {
    const known = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "present" };
    return told.dataset[known[error.name] || "broken"];
  }

  async function asked() {
    const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
    return answer.json();
  }

  async function signed() {
    let options;
    try {
      options = await asked();
    } catch {
      return say(told.dataset.lost);
    }
    if (options.told) return say(options.told);
    const publicKey = opened(options);
    const act = form.dataset.passkey === "create" ? "create" : "get";
    const credential = await navigator.credentials[act]({ publicKey });
    form.elements.credential.value = closed(credential);
    for (const secret of form.querySelectorAll("input[type=password]")) secret.value = "";
    form.submit();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    button.disabled = true;
    try {
      await signed();
    } catch (error) {
      say(sentenceOf(error));
    }
    button.disabled = false;
  });

  if (!window.PublicKeyCredential) {
    button.disabled = true;
    told.textContent = told.dataset.unknown;
    told.hidden = false;
  }
  // At log-in the key is what is looked for first, once the button shows (page.js); an error is read before it.
  document.addEventListener("DOMContentLoaded", () => {
    if (form.dataset.passkey === "get" && told.hidden) button.focus();
  });
})();
