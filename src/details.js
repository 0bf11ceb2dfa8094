// Loads the page's second program. A module that is loaded on demand cannot be named in Rust.
export async function loadDetails(edition, sources, names) {
  const program = await import(new URL('upheld-details.js', document.baseURI).href);
  await program.default();
  return new program.Details(edition, sources, names);
}
