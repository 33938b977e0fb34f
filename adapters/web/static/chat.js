"use strict";
(() => {
  const log = document.getElementById("log");
  const typing = document.getElementById("typing");
  const box = document.getElementById("text");
  if (!log || !typing || !box) return;

  const newId = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
    return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const show = (node) =>
    node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });

  const mine = (text) => {
    const message = document.createElement("div");
    message.className = "message mine";
    const by = document.createElement("p");
    by.className = "by";
    by.textContent = typing.dataset.you;
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.textContent = text;
    message.append(by, bubble);
    log.append(message);
    show(message);
    return message;
  };

  const note = (text) => {
    const p = document.createElement("p");
    p.className = "lost";
    p.setAttribute("role", "alert");
    p.textContent = text;
    log.append(p);
    show(p);
  };

  const put = (html, source) => {
    const holder = document.createElement("template");
    holder.innerHTML = html; // made and escaped by our own server
    const fresh = [...holder.content.children];
    const old = source.closest(".message");
    if (old && (source.matches("[data-form]") || fresh.some((x) => x.matches("[data-replaces]")))) {
      old.remove();
    }
    log.append(...fresh);
    const form = log.lastElementChild?.querySelector("[data-form]");
    if (fresh.length) show(fresh[fresh.length - 1]);
    if (form && fresh.includes(log.lastElementChild)) {
      (form.querySelector(".summary") || form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
    } else {
      box.focus();
    }
  };

  const send = async (form, submitter) => {
    if (form.dataset.busy) return;
    const saying = form === box.form; // not form.id: a field is called id
    const data = new URLSearchParams(new FormData(form));
    if (submitter?.name) data.set(submitter.name, submitter.value);
    const text = (data.get("text") || data.get("label") || "").trim();
    if (saying && !text) return;
    // The same post sent again after a loss keeps its id: one effect. A changed one is a new one.
    data.delete("id");
    const what = data.toString();
    const field = form.querySelector("[name=id]");
    if (form.dataset.sent !== what) field.value = newId();
    form.dataset.sent = what;
    data.set("id", field.value);
    form.dataset.busy = "1";
    if (text) mine(text);
    if (saying) {
      box.value = "";
      fit();
    }
    typing.textContent = typing.dataset.text;
    typing.hidden = false;
    let sent = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { "X-Fragment": "1" }, credentials: "same-origin",
      });
      const body = await answer.text();
      sent = answer.ok;
      if (answer.ok) put(body, form);
      else note(body || typing.dataset.lost);
    } catch {
      note(typing.dataset.lost);
    }
    if (sent) delete form.dataset.sent;
    else if (saying && !box.value) box.value = text;
    typing.hidden = true;
    delete form.dataset.busy;
  };

  const fit = () => {
    box.rows = Math.min(6, Math.max(1, box.value.split("\n").length));
  };
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-turn]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  // A file, chosen or dropped on the page; its way is shown.
  const attach = document.getElementById("attach");
  const sending = document.getElementById("sending");
  const carry = (data, name) => {
    if (attach.dataset.busy) return;
    attach.dataset.busy = "1";
    data.set("text", box.value.trim());
    data.set("id", newId());
    mine([box.value.trim(), name].filter(Boolean).join("\n"));
    const way = new XMLHttpRequest();
    way.open("POST", attach.action);
    way.setRequestHeader("X-Fragment", "1");
    way.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) sending.value = (100 * event.loaded) / event.total;
    });
    way.addEventListener("loadend", () => {
      if (way.status === 200) {
        put(way.responseText, attach);
        attach.reset();
        box.value = "";
        fit();
      } else {
        note((way.status && way.responseText) || typing.dataset.lost);
      }
      sending.hidden = true;
      typing.hidden = true;
      delete attach.dataset.busy;
    });
    sending.value = 0;
    sending.hidden = false;
    typing.textContent = typing.dataset.text;
    typing.hidden = false;
    way.send(data);
  };
  attach.addEventListener("submit", (event) => {
    event.preventDefault();
    carry(new FormData(attach), attach.elements.file.files[0]?.name || "");
  });
  document.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    attach.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) attach.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer.files[0];
    attach.classList.remove("over");
    if (!file) return;
    event.preventDefault();
    const data = new FormData(attach);
    data.delete("file");
    data.set("file", file, file.name);
    carry(data, file.name);
  });
  // The page in the other language goes on with the same conversation.
  const KEPT = "conversation";
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  sessionStorage.removeItem(KEPT);
  if (kept.who === log.dataset.who) {
    log.innerHTML = kept.log; // made by our own server for the same person, a moment ago
    log.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[hreflang]")) {
      sessionStorage.setItem(KEPT, JSON.stringify({ who: log.dataset.who, log: log.innerHTML }));
    }
    const cancel = event.target.closest("[data-cancel]");
    if (!cancel) return;
    event.preventDefault();
    cancel.closest(".message").remove();
    box.focus();
  });
})();
