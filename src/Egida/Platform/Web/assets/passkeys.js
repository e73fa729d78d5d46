"use strict";
// Passkeys: asks the server for a challenge, the device for its answer, and sends that with the page's own form. Nothing is kept here.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
  const text = buffer => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") : null;
  const listed = credentials => (credentials ?? []).map(one => ({ ...one, id: bytes(one.id) }));

  const ask = (isNew, options) => isNew
    ? navigator.credentials.create({ publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials), extensions: { credProps: true } } })
    : navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) } });

  const written = (isNew, credential) => JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {},
    response: isNew
      ? { clientDataJSON: text(credential.response.clientDataJSON), attestationObject: text(credential.response.attestationObject), transports: credential.response.getTransports?.() ?? [] }
      : { clientDataJSON: text(credential.response.clientDataJSON), authenticatorData: text(credential.response.authenticatorData),
        signature: text(credential.response.signature), userHandle: text(credential.response.userHandle) },
  });

  const reason = error => ({ NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known", SecurityError: "elsewhere" })[error.name] ?? "failed";

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    const says = form.querySelector("[data-says]");
    const isNew = form.dataset.passkey === "create";
    if (!window.PublicKeyCredential || !navigator.credentials) {
      button.disabled = true;
      says.textContent = form.dataset.none;
      continue;
    }

    form.addEventListener("submit", async event => {
      event.preventDefault();
      event.stopPropagation();
      if (button.disabled) return;
      button.disabled = true;
      says.textContent = "";
      try {
        const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
        if (!answer.ok || answer.redirected) { says.textContent = form.dataset.stale; return; }
        const credential = await ask(isNew, await answer.json());
        // A device that can't find the passkey again by itself would never let anybody in here.
        if (isNew && credential.getClientExtensionResults().credProps?.rk === false) { says.textContent = form.dataset.homeless; return; }
        form.elements.credential.value = written(isNew, credential);
        form.submit();
      } catch (error) {
        says.textContent = form.dataset[reason(error)];
      } finally {
        button.disabled = false;
      }
    });
  }
})();
