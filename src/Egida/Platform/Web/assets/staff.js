"use strict";
// The staff's one script. It only adds: every page works without it. No inline code, no HTML from strings, nothing from elsewhere.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;

  // Keys may be switched off by the person (WCAG 2.1.4); the choice stays in this browser.
  const store = {
    get: () => { try { return localStorage.getItem("egida-keys") !== "off"; } catch { return true; } },
    set: on => { try { localStorage.setItem("egida-keys", on ? "on" : "off"); } catch { /* a browser that keeps nothing */ } },
  };
  let keysOn = store.get();
  const keysSwitch = document.querySelector("[data-keys-switch]");
  if (keysSwitch) {
    keysSwitch.checked = keysOn;
    keysSwitch.addEventListener("change", () => { keysOn = keysSwitch.checked; store.set(keysOn); });
  }

  const isTyping = element => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const byKey = key => [...document.querySelectorAll("[data-key]")].find(e => e.dataset.key === key && !e.disabled && e.offsetParent !== null);

  // Rows of tables: j and k go down and up through the first link of each row.
  const goRow = step => {
    const links = [...document.querySelectorAll("main tbody tr")].map(row => row.querySelector("a, button")).filter(Boolean);
    if (links.length === 0) return;
    const at = links.findIndex(link => link.closest("tr").contains(document.activeElement));
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  };

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      root.classList.remove("show-keys");
      for (const open of document.querySelectorAll(".bar details[open]")) open.open = false;
      if (document.activeElement?.matches(".time, [data-command]")) document.activeElement.blur();
      return;
    }
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const command = document.querySelector("[data-command]");
    if (event.key === "?") root.classList.toggle("show-keys");
    else if (event.key === "/" && command) { event.preventDefault(); command.focus(); command.select(); }
    else if (event.key === "j") goRow(1);
    else if (event.key === "k") goRow(-1);
    else {
      const target = byKey(event.key);
      if (!target) return;
      event.preventDefault();
      target.click();
    }
  });

  document.addEventListener("click", event => {
    for (const open of document.querySelectorAll(".bar details[open]")) if (!open.contains(event.target)) open.open = false;
  });

  // Codes: a copy button beside each, which says when it is done. Without a clipboard (not a secure page) the code is selected by a click anyway.
  const words = document.body.dataset;
  if (navigator.clipboard) {
    for (const code of document.querySelectorAll("output[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = words.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = words.copied;
        button.setAttribute("aria-live", "polite");
        setTimeout(() => { button.textContent = words.copy; }, 2000);
      });
      code.after(button);
    }
  }

  // Hold to see: clear while the pointer or the space bar is down, veiled on release, on leaving the page, on losing the window.
  const veils = [...document.querySelectorAll("[data-hold]")];
  const release = () => veils.forEach(veil => veil.classList.remove("held"));
  for (const veil of veils) {
    const picture = veil.querySelector("img");
    picture.tabIndex = 0;
    picture.setAttribute("role", "button");
    picture.addEventListener("pointerdown", event => { if (event.button === 0) { picture.setPointerCapture(event.pointerId); veil.classList.add("held"); } });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) picture.addEventListener(end, release);
    picture.addEventListener("keydown", event => { if (event.key === " ") { event.preventDefault(); event.stopPropagation(); veil.classList.add("held"); } });
    picture.addEventListener("keyup", event => { if (event.key === " ") { event.preventDefault(); release(); } });
    picture.addEventListener("contextmenu", event => event.preventDefault());
  }
  window.addEventListener("blur", release);
  window.addEventListener("pagehide", release);
  document.addEventListener("visibilitychange", release);

  // A form is sent once: a second press of the same button while the answer is under way does nothing.
  document.addEventListener("submit", event => {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post") event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });
})();
