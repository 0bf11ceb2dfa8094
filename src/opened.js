// What of the reader's own files this browser holds: in the tab, or kept until it is removed. Nothing of it leaves the browser.
window.upheldOpened = async () => sessionStorage.upheldOpened || window.upheldKept();
window.upheldKept = async () => {
  if (!localStorage.upheldKept) return undefined;
  const done = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const asked = indexedDB.open('upheld', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('opened');
  const kept = await done(asked);
  try {
    return await done(kept.transaction('opened').objectStore('opened').get('opened'));
  } finally {
    kept.close();
  }
};
