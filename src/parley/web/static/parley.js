"use strict";

// Search: hits come while one types. Without this the form does the same when it is sent.
for (const form of document.querySelectorAll("form[data-results]")) {
  const results = document.getElementById("results");
  let waiting, asked;
  const look = async () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    asked?.abort();
    asked = new AbortController();
    results.ariaBusy = "true";
    try {
      const answer = await fetch(`${form.dataset.results}?${query}`, { signal: asked.signal });
      if (!answer.ok) return;
      results.innerHTML = await answer.text(); // made by this room, with everything escaped
      history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      results.ariaBusy = "false";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  });
}
