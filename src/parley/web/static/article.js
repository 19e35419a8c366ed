"use strict";
// The article page: lights the words of the row in the address, keeps the layers in it, and takes words into the form.
(() => {
  const text = document.querySelector("article");
  if (!text) return;
  const here = () => new URL(location.href);
  const form = document.getElementById("f-words");
  const spansField = document.getElementById("f-spans");

  // ---- the row in the address
  const light = () => {
    text.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (id === "judge") id = here().searchParams.get("row");
    const row = id && document.getElementById(id);
    if (!row) return;
    const name = row.closest("article") && id.endsWith("w") ? id.slice(0, -1) : id;
    const words = [...text.getElementsByClassName(`x-${name}`)];
    words.forEach((e) => e.classList.add("lit"));
    if (words.length && (name === id || form)) words[0].scrollIntoView({ block: "center" });
    const line = document.getElementById(name);
    if (line && name !== id && !form) line.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", light);

  // ---- layers in the address, so that what is seen can be sent
  const boxes = [...document.querySelectorAll("[data-layer]")];
  boxes.forEach((box) => box.addEventListener("change", () => {
    const url = here();
    url.searchParams.set("layers", boxes.filter((b) => b.checked).map((b) => b.dataset.layer).join(","));
    history.replaceState(null, "", url);
  }));

  // ---- offsets: code points of the article, a character that is shown by its number counting as one
  const shownByNumber = (node) => node.parentElement.closest(".ctl");
  const pieces = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".why") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const found = [];
    let at = Number(block.dataset.at), first = true;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // A paragraph that is left out has a space between its note and its words.
      const skip = first && block.classList.contains("left-out") && node.parentElement === block && node.data.trim() === "";
      first = false;
      if (skip) continue;
      const length = shownByNumber(node) ? 1 : [...node.data].length;
      found.push({ node, at, length });
      at += length;
    }
    return found;
  };
  const blocks = [...text.querySelectorAll(".b")];
  const offset = (node, inner) => {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".b");
    if (!block) return null;
    const point = document.createRange();
    point.setStart(node, inner);
    let last = Number(block.dataset.at);
    for (const piece of pieces(block)) {
      if (piece.node === node) {
        return piece.at + (shownByNumber(node) ? Number(inner > 0) : [...node.data.slice(0, inner)].length);
      }
      if (point.comparePoint(piece.node, 0) >= 0) return piece.at;
      last = piece.at + piece.length;
    }
    return last;
  };
  // To the edge of the word that an end of the selection stands in.
  const inWord = (data, at) => at > 0 && at < data.length && /^[\p{L}\p{N}\p{M}]{2}$/u.test(data[at - 1] + data[at]);
  const whole = (node, at, step) => {
    while (node.nodeType === Node.TEXT_NODE && inWord(node.data, at)) at += step;
    return at;
  };
  const chosen = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = offset(range.startContainer, whole(range.startContainer, range.startOffset, -1));
    const end = offset(range.endContainer, whole(range.endContainer, range.endOffset, 1));
    return start === null || end === null || start >= end ? null : { start, end, words: between(start, end) };
  };
  const between = (start, end) => blocks.flatMap(pieces).map(({ node, at, length }) => {
    const from = Math.max(start, at), to = Math.min(end, at + length);
    return from >= to ? "" : shownByNumber(node) ? node.data : [...node.data].slice(from - at, to - at).join("");
  }).join("").trim();

  // ---- words by mouse or by touch
  const bar = document.querySelector(".chosen");
  const take = (found) => {
    if (!form) return;
    const further = document.getElementById("further").checked && form.value.trim();
    spansField.value = (further ? `${spansField.value},` : "") + `${found.start}-${found.end}`;
    form.value = (further ? `${form.value} … ` : "") + found.words;
    document.getElementById("picked").textContent = `Taken: ${found.words}`;
  };
  // A link is dragged, and followed when let go, where its words should be selected.
  text.querySelectorAll("a").forEach((link) => { link.draggable = false; });
  text.addEventListener("click", (event) => { if (chosen() && event.detail) event.preventDefault(); });
  text.addEventListener("pointerup", () => setTimeout(() => {
    const found = chosen();
    if (found && form) take(found);
  }));
  document.addEventListener("selectionchange", () => {
    if (!bar || form || picking) return;
    const found = chosen();
    bar.hidden = !found;
    if (!found) return;
    bar.querySelector("span").textContent = found.words.length > 60 ? `${found.words.slice(0, 60)}…` : found.words;
    bar.querySelectorAll("a").forEach((link) => {
      const url = new URL(link.href);
      url.searchParams.set("spans", `${found.start}-${found.end}`);
      link.href = url;
    });
  });

  // ---- words by keyboard: arrows step, Shift widens, Enter takes, Escape leaves
  let picking = null;
  const words = () => blocks.flatMap((block, number) => {
    const found = [];
    for (const { node, at } of pieces(block)) {
      if (shownByNumber(node)) continue;
      for (const match of node.data.matchAll(/[\p{L}\p{N}\p{M}'’\-]+/gu)) {
        const start = at + [...node.data.slice(0, match.index)].length;
        const part = { node, from: match.index, to: match.index + match[0].length, start, end: start + [...match[0]].length, block: number };
        const before = found.at(-1);
        if (before && before.end === part.start && before.node !== node) {
          before.last = node; before.lastTo = part.to; before.end = part.end;
        } else found.push(part);
      }
    }
    return found;
  });
  const say = () => {
    const [a, b] = [picking.at, picking.anchor].sort((x, y) => x - y);
    const first = picking.words[a], last = picking.words[b];
    getSelection().setBaseAndExtent(first.node, first.from, last.last ?? last.node, last.lastTo ?? last.to);
    (picking.at === a ? first : last).node.parentElement.scrollIntoView({ block: "nearest" });
    picking.found = { start: first.start, end: last.end, words: between(first.start, last.end) };
    document.getElementById("picked").textContent = picking.found.words;
  };
  const step = (key, { at, words: all }) => {
    if (key === "ArrowRight") return at + 1;
    if (key === "ArrowLeft") return at - 1;
    if (key === "Home") return all.findIndex((w) => w.block === all[at].block);
    if (key === "End") return all.findLastIndex((w) => w.block === all[at].block);
    if (key === "ArrowDown") return all.findIndex((w) => w.block > all[at].block);
    const before = all.findLastIndex((w) => w.block < all[at].block);
    return before < 0 ? before : all.findIndex((w) => w.block === all[before].block);
  };
  const stop = () => {
    picking = null;
    text.removeAttribute("tabindex");
    text.removeAttribute("role");
    document.getElementById("pick").focus();
  };
  text.addEventListener("keydown", (event) => {
    if (!picking) return;
    if (event.key === "Escape") { stop(); return; }
    if (event.key === "Enter") { event.preventDefault(); take(picking.found); stop(); return; }
    if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const to = step(event.key, picking);
    if (to < 0 || to >= picking.words.length) return;
    picking.at = to;
    if (!event.shiftKey) picking.anchor = to;
    say();
  });
  text.addEventListener("focusout", (event) => { if (picking && !text.contains(event.relatedTarget)) { picking = null; text.removeAttribute("role"); } });
  const pick = document.getElementById("pick");
  if (pick) {
    pick.closest(".pick").hidden = false;
    pick.addEventListener("click", () => {
      const all = words();
      if (!all.length) return;
      const start = Number((spansField.value.match(/^\d+/) ?? [0])[0]);
      const at = Math.max(0, all.findIndex((w) => w.end > start));
      picking = { words: all, at, anchor: at };
      text.tabIndex = -1;
      text.setAttribute("role", "application");
      text.focus({ preventScroll: true });
      say();
    });
    form.addEventListener("input", () => { spansField.value = ""; });
  }
  light();
})();
