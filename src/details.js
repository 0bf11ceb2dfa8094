// Loads the page's second program. A module that is loaded on demand cannot be named in Rust.
export async function loadDetails(edition, sources, names) {
  const program = await import(new URL('upheld-details.js', document.baseURI).href);
  await program.default();
  const details = new program.Details(edition, sources, names);
  rehearse(details, 0);
  return details;
}

// A browser compiles a function when it is first called: called while nobody waits, it is ready when somebody does.
function rehearse(details, step) {
  globalThis.requestIdleCallback?.(() => details.rehearse(step) && rehearse(details, step + 1));
}
